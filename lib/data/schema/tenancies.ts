import { integer, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt } from "./columns";

export const tenancies = pgTable("tenancies", {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  realm: text().notNull(),
  region: text().notNull(),
  /** Grows with every change to a policy: who has read this version need not read them again. 0: none was ever made. */
  policiesVersion: integer().notNull().default(0),
  createdAt: createdAt(),
});
