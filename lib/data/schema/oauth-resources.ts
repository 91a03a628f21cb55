import { pgTable, text, unique } from "drizzle-orm/pg-core";

import { createdAt, version } from "./columns";
import { tenancies } from "./tenancies";

/** Services that accept tokens from here: what they are called, the audience they insist on, the scopes they know. */
export const oauthResources = pgTable(
  "oauth_resources",
  {
    id: text().primaryKey(),
    tenancyId: text()
      .notNull()
      .references(() => tenancies.id),
    name: text().notNull(),
    nameKey: text().notNull(),
    audience: text().notNull(),
    scopes: text().array().notNull(),
    version: version(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("oauth_resources_name_key").on(table.nameKey),
    unique("oauth_resources_audience").on(table.audience),
  ],
);
