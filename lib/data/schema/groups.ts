import { boolean, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";

import { createdAt, version } from "./columns";
import { tenancies } from "./tenancies";
import { users } from "./users";

export const groups = pgTable(
  "groups",
  {
    id: text().primaryKey(),
    tenancyId: text()
      .notNull()
      .references(() => tenancies.id),
    name: text().notNull(),
    nameKey: text().notNull().unique("groups_name_key"),
    description: text().notNull().default(""),
    isAdministrators: boolean().notNull().default(false),
    freeformTags: jsonb().notNull().default({}),
    definedTags: jsonb().notNull().default({}),
    version: version(),
    createdAt: createdAt(),
  },
  (table) => [index("groups_by_time").on(table.tenancyId, table.createdAt, table.id)],
);

export const memberships = pgTable(
  "memberships",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    groupId: text()
      .notNull()
      .references(() => groups.id),
    createdAt: createdAt(),
  },
  (table) => [
    unique("memberships_user_group").on(table.userId, table.groupId),
    index("memberships_by_group").on(table.groupId, table.createdAt, table.id),
  ],
);
