import { boolean, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";

import { createdAt, version } from "./columns";
import { tenancies } from "./tenancies";

/** A policy's statements are kept as they were written; every one of them parses. */
export const policies = pgTable(
  "policies",
  {
    id: text().primaryKey(),
    tenancyId: text()
      .notNull()
      .references(() => tenancies.id),
    name: text().notNull(),
    nameKey: text().notNull(),
    description: text().notNull().default(""),
    statements: jsonb().$type<string[]>().notNull(),
    versionDate: text(),
    /** The one of `Administrators`: neither changed nor deleted. */
    isProtected: boolean().notNull().default(false),
    freeformTags: jsonb().notNull().default({}),
    definedTags: jsonb().notNull().default({}),
    version: version(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("policies_name_key").on(table.tenancyId, table.nameKey),
    index("policies_by_time").on(table.tenancyId, table.createdAt, table.id),
  ],
);
