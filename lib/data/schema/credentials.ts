import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

import { createdAt, instant, version } from "./columns";
import { users } from "./users";

/** Every kind of credential. `details` is parsed by the kind on each read; secrets are a verifier or sealed, never clear. */
export const credentials = pgTable(
  "credentials",
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    ownerId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    publicId: text().notNull(),
    publicIdScope: text({ enum: ["owner", "global"] }).notNull(),
    details: jsonb().notNull(),
    verifier: text(),
    sealedSecret: text(),
    createdAt: createdAt(),
    createdBy: text(),
    createdByName: text(),
    /** When its secret took the place of another; null while it has the first one. */
    secretReplacedAt: instant(),
    expiresAt: instant(),
    /** When the owner is next written to about the expiry. */
    noticeAt: instant(),
    disabledAt: instant(),
    /** Of one that was replaced and lives on for a while. */
    replacedById: text(),
    replacedAt: instant(),
    retiringUntil: instant(),
    lastUsedAt: instant(),
    lastUsedAddress: text(),
    lastUsedClient: text(),
    endedAt: instant(),
    endedReason: text({ enum: ["deleted", "expired", "retired", "rotated", "reported"] }),
    endedByName: text(),
    version: version(),
  },
  (table) => [
    index("credentials_by_owner").on(table.ownerId, table.kind, table.createdAt, table.id),
    uniqueIndex("credentials_public_id_of_owner")
      .on(table.ownerId, table.kind, table.publicId)
      .where(sql`ended_at is null and public_id_scope = 'owner'`),
    uniqueIndex("credentials_public_id_anywhere")
      .on(table.kind, table.publicId)
      .where(sql`public_id_scope = 'global'`),
    uniqueIndex("credentials_verifier")
      .on(table.verifier)
      .where(sql`verifier is not null and ended_at is null`),
    // Public halves by their digest: what a reported private key belongs to.
    index("credentials_by_key_digest")
      .on(sql`(details ->> 'sha256')`)
      .where(sql`ended_at is null and (details ->> 'sha256') is not null`),
    uniqueIndex("credentials_one_retiring")
      .on(table.replacedById)
      .where(sql`replaced_by_id is not null and ended_at is null`),
    index("credentials_due")
      .on(sql`least(retiring_until, expires_at)`, table.id)
      .where(sql`ended_at is null and least(retiring_until, expires_at) is not null`),
    index("credentials_to_announce")
      .on(table.noticeAt)
      .where(sql`ended_at is null and disabled_at is null and notice_at is not null`),
    index("credentials_ended_since")
      .on(table.endedAt)
      .where(sql`ended_at is not null`),
    // What deserves an administrator's attention, the oldest first.
    index("credentials_by_age")
      .on(sql`coalesce(secret_replaced_at, created_at)`, table.id)
      .where(sql`ended_at is null`),
    index("credentials_never_used")
      .on(sql`coalesce(secret_replaced_at, created_at)`, table.id)
      .where(sql`ended_at is null and last_used_at is null`),
    check("credentials_scope", sql`${table.publicIdScope} in ('owner', 'global')`),
    check("credentials_ended", sql`(${table.endedAt} is null) = (${table.endedReason} is null)`),
  ],
);
