import { boolean, index, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";
import { users } from "./users";

/** `id` may be shown and named in a URL; `tokenHash` is the SHA-256 of what the cookie carries. */
export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    tokenHash: text().notNull().unique("sessions_token_hash"),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    mustChangePassword: boolean().notNull().default(false),
    provedAt: createdAt(),
    createdAt: createdAt(),
    lastSeenAt: createdAt(),
    expiresAt: instant().notNull(),
    address: text().notNull(),
    client: text().notNull(),
  },
  (table) => [
    index("sessions_by_user").on(table.userId, table.createdAt),
    index("sessions_by_expiry").on(table.expiresAt),
  ],
);
