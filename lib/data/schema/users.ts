import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, instant, version } from "./columns";
import { tenancies } from "./tenancies";

export const users = pgTable(
  "users",
  {
    id: text().primaryKey(),
    tenancyId: text()
      .notNull()
      .references(() => tenancies.id),
    kind: text({ enum: ["local", "federated", "service"] })
      .notNull()
      .default("local"),
    name: text().notNull(),
    nameKey: text().notNull().unique("users_name_key"),
    description: text().notNull().default(""),
    email: text(),
    emailKey: text().unique("users_email_key"),
    emailVerified: boolean().notNull().default(false),
    /** The last address that was confirmed, while another one is entered that is not: mail goes here until it is. */
    provenEmail: text(),
    state: text({ enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    blockedAt: instant(),
    dbUserName: text(),
    /** Unique among all names, user names included: see `database-user-names.ts`. */
    dbUserNameKey: text(),
    /** What the alternate database user name is for. */
    dbUserDescription: text().notNull().default(""),
    identityProviderId: text(),
    externalIdentifier: text(),
    /** Who answers for a service user, and who stands in for them. */
    ownerId: text().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    deputyId: text().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    capabilities: jsonb().notNull().default({}),
    freeformTags: jsonb().notNull().default({}),
    definedTags: jsonb().notNull().default({}),
    /** What the devices of `second-factors.ts` say, for lists: a right password alone signs nobody in who has one. */
    hasSecondFactor: boolean().notNull().default(false),
    /** What the latest of the `invitations` says, for lists; it may be void all the same. */
    invitedUntil: instant(),
    lastSignInAt: instant(),
    previousSignInAt: instant(),
    version: version(),
    createdAt: createdAt(),
    createdBy: text(),
  },
  (table) => [
    index("users_by_time").on(table.tenancyId, table.createdAt, table.id),
    index("users_by_name").on(table.tenancyId, table.nameKey, table.id),
    // All that a search and its filters look at is in it: one that walks along the ids reads no row that it does not show.
    index("users_searched")
      .on(
        table.tenancyId,
        table.id,
        table.nameKey,
        table.emailKey,
        table.dbUserNameKey,
        table.kind,
        table.state,
        table.blockedAt,
        table.hasSecondFactor,
        table.invitedUntil,
      )
      .concurrently(),
    // What few are is found in the order of names without a look at everybody.
    index("users_blocked")
      .on(table.tenancyId, table.nameKey, table.id)
      .where(sql`state = 'active' and blocked_at is not null`),
    index("users_suspended")
      .on(table.tenancyId, table.nameKey, table.id)
      .where(sql`state = 'suspended'`),
    index("users_without_second_factor")
      .on(table.tenancyId, table.nameKey, table.id)
      .where(sql`kind = 'local' and not has_second_factor`),
    index("users_without_second_factor_by_time")
      .on(table.tenancyId, table.createdAt, table.id)
      .where(sql`kind = 'local' and not has_second_factor`),
    index("users_invited")
      .on(table.tenancyId, table.nameKey, table.id, table.invitedUntil)
      .where(sql`state = 'active' and invited_until is not null`),
    index("users_by_kind").on(table.tenancyId, table.kind, table.nameKey, table.id),
    index("users_by_external_identifier")
      .on(table.externalIdentifier)
      .where(sql`external_identifier is not null`),
    index("users_by_identity_provider")
      .on(table.identityProviderId, table.nameKey, table.id)
      .where(sql`identity_provider_id is not null`),
    index("users_by_proven_email")
      .on(sql`lower(proven_email collate "C")`)
      .where(sql`proven_email is not null`),
    index("users_by_owner")
      .on(table.ownerId)
      .where(sql`owner_id is not null`),
    index("users_by_deputy")
      .on(table.deputyId)
      .where(sql`deputy_id is not null`),
    check(
      "users_owned",
      sql`${table.kind} = 'service' or (${table.ownerId} is null and ${table.deputyId} is null)`,
    ),
    check("users_kind", sql`${table.kind} in ('local', 'federated', 'service')`),
    check("users_state", sql`${table.state} in ('active', 'suspended')`),
  ],
);
