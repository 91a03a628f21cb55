import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

import { createdAt } from "./columns";

/** Append-only: no foreign keys, so that an event outlives what it speaks of. A background sealer fills the chain. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: createdAt(),
    action: text().notNull(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
    reason: text(),
    actorId: text(),
    actorName: text(),
    via: text().notNull(),
    ownerId: text(),
    ownerName: text(),
    subjectType: text(),
    subjectId: text(),
    subjectName: text(),
    details: jsonb().notNull().default({}),
    address: text().notNull(),
    client: text().notNull(),
    requestId: text().notNull(),
    /** The place in the chain. Ids are given before their transactions commit, so they do not tell the order of sealing. */
    position: bigint({ mode: "number" }),
    previousHash: text(),
    hash: text(),
  },
  (table) => [
    index("audit_events_by_owner").on(table.ownerId, table.id),
    index("audit_events_refused")
      .on(table.ownerId, table.at)
      .where(sql`outcome = 'refused'`),
    index("audit_events_refusals")
      .on(table.id)
      .where(sql`outcome = 'refused'`),
    index("audit_events_by_actor").on(table.actorId, table.id),
    index("audit_events_unsealed")
      .on(table.id)
      .where(sql`hash is null`),
    // The audit log's search, the newest first by each thing that can be asked for.
    index("audit_events_by_owner_name").on(sql`lower(owner_name)`, table.id),
    index("audit_events_by_subject").on(table.subjectId, table.id),
    index("audit_events_by_subject_name").on(sql`lower(subject_name)`, table.id),
    index("audit_events_by_action").on(table.action, table.id),
    index("audit_events_by_time").on(table.at),
    // A fingerprint, an access key, an SMTP user name: of the credential itself, and of the one that took its place.
    index("audit_events_by_public_part")
      .on(sql`lower(details ->> 'publicId')`, table.id)
      .where(sql`details ->> 'publicId' is not null`)
      .concurrently(),
    index("audit_events_by_successor")
      .on(sql`(details ->> 'successorId')`, table.id)
      .where(sql`details ->> 'successorId' is not null`)
      .concurrently(),
    index("audit_events_by_successor_part")
      .on(sql`lower(details ->> 'successorPublicId')`, table.id)
      .where(sql`details ->> 'successorPublicId' is not null`)
      .concurrently(),
    uniqueIndex("audit_events_position").on(table.position),
    check("audit_events_outcome", sql`${table.outcome} in ('done', 'refused')`),
  ],
);
