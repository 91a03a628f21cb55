import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

import { createdAt } from "./columns";
import { groups } from "./groups";
import { oauthResources } from "./oauth-resources";

/** Which group's members may have which scope of a resource. */
export const oauthGrants = pgTable(
  "oauth_grants",
  {
    resourceId: text()
      .notNull()
      .references(() => oauthResources.id, { onDelete: "cascade" }),
    scope: text().notNull(),
    groupId: text()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.resourceId, table.scope, table.groupId] }),
    index("oauth_grants_by_group").on(table.groupId),
  ],
);
