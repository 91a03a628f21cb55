import { index, pgTable, text } from "drizzle-orm/pg-core";

import { users } from "./users";

/**
 * Every name by which a database may know somebody: user names and alternate names, in one key, so that nobody's name
 * is another's alternate one. A trigger on `users` writes it.
 */
export const databaseUserNames = pgTable(
  "database_user_names",
  {
    nameKey: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (table) => [index("database_user_names_by_user").on(table.userId)],
);
