import { pgTable, text } from "drizzle-orm/pg-core";

import { createdAt } from "./columns";

export const tenancies = pgTable("tenancies", {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  realm: text().notNull(),
  region: text().notNull(),
  createdAt: createdAt(),
});
