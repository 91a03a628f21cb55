import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";
import { users } from "./users";

/** How many of a kind one user may have, where it is not what the settings say for everybody. */
export const userLimits = pgTable(
  "user_limits",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().notNull(),
    most: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.kind] }),
    check("user_limits_most", sql`${table.most} > 0`),
  ],
);

/** What users at a limit asked for, one open request a kind; a decided one stays to be looked up. */
export const limitRequests = pgTable(
  "limit_requests",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().notNull(),
    note: text().notNull().default(""),
    state: text({ enum: ["open", "granted", "declined"] })
      .notNull()
      .default("open"),
    createdAt: createdAt(),
    decidedAt: instant(),
    decidedByName: text(),
  },
  (table) => [
    uniqueIndex("limit_requests_open")
      .on(table.userId, table.kind)
      .where(sql`state = 'open'`),
    index("limit_requests_waiting")
      .on(table.createdAt, table.id)
      .where(sql`state = 'open'`),
    check("limit_requests_state", sql`${table.state} in ('open', 'granted', 'declined')`),
  ],
);
