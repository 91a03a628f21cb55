import { jsonb, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, version } from "./columns";

/** Tenancy settings, one row a topic ("password-policy"); the value is parsed by its schema in lib/domain. */
export const settings = pgTable("settings", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: createdAt(),
  version: version(),
});
