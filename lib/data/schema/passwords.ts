import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";
import { users } from "./users";

/**
 * `main` is the password that opens the console; `temporary` is the mailed one of a forgotten password, which
 * leaves `main` untouched until it is used.
 */
export const consolePasswords = pgTable(
  "console_passwords",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    slot: text({ enum: ["main", "temporary"] }).notNull(),
    verifier: text().notNull(),
    mustChange: boolean().notNull(),
    expiresAt: instant(),
    createdAt: createdAt(),
    /** Null of what the host made, and of what is older than this column. */
    createdByName: text(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.slot] }),
    check("console_passwords_slot", sql`${table.slot} in ('main', 'temporary')`),
  ],
);

export const passwordHistory = pgTable(
  "password_history",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    verifier: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("password_history_by_user").on(table.userId, table.id)],
);

/**
 * Consecutive failures of one canonical name, known or not, over every password path. A lease is a check under way:
 * `failed + leases < 10` before a check may start, so no burst gets an eleventh guess.
 */
export const passwordCounters = pgTable("password_counters", {
  nameKey: text().primaryKey(),
  failed: integer().notNull().default(0),
  leases: jsonb().$type<Record<string, string>>().notNull().default({}),
  updatedAt: createdAt(),
});
