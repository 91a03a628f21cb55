import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";

/** The outbox: written in the transaction of the change it tells of, sent by the worker at least once. */
export const mails = pgTable(
  "mails",
  {
    id: uuid().primaryKey().defaultRandom(),
    template: text().notNull(),
    recipient: text().notNull(),
    userId: text(),
    /** JSON-safe values for the template; never a secret. */
    values: jsonb().notNull().default({}),
    /** Values that are secret (a temporary password), sealed with the mail's id; cleared once sent or given up. */
    sealedValues: text(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: createdAt(),
    leasedUntil: instant(),
    expiresAt: instant(),
    sentAt: instant(),
    givenUpAt: instant(),
    lastProblem: text(),
    createdAt: createdAt(),
  },
  (table) => [
    index("mails_due")
      .on(table.nextAttemptAt)
      .where(sql`sent_at is null and given_up_at is null`),
    index("mails_by_user").on(table.userId, table.createdAt),
  ],
);
