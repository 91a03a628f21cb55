import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type PgColumn, unionAll } from "drizzle-orm/pg-core";
import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";

import type { AuditFilter } from "@/lib/domain/audit/search";

import { type AuditEventRow, asAuditEvent, auditColumns } from "./audit";
import type { Tx } from "./db";
import { auditEvents } from "./schema/audit-events";
import { users } from "./schema/users";

/** With whether whoever it was about can still be visited. */
type FoundEventRow = AuditEventRow & { ownerIsThere: boolean };

// Written out: of a column in the list of one table's select, drizzle leaves the table's name away.
const ownerIsThere = sql<boolean>`exists (select from users u where u.id = audit_events.owner_id)`;

/**
 * Events that match, the newest first; `before` is the id of the last row seen. One row more than asked for tells that
 * there is another page.
 */
export async function searchAuditEvents(
  tx: Tx,
  filter: AuditFilter,
  page: { limit: number; before?: number | undefined },
): Promise<FoundEventRow[]> {
  const narrowed = and(...conditions(filter, page.before));
  const rows = await tx
    .select({ ...auditColumns, ownerIsThere })
    .from(auditEvents)
    .where(
      filter.search
        ? inArray(auditEvents.id, idsAbout(tx, filter.search, narrowed, page.limit + 1))
        : narrowed,
    )
    .orderBy(desc(auditEvents.id))
    .limit(page.limit + 1);
  return rows.map(asAuditEvent);
}

/**
 * The newest ids of each thing that can go by that name. Each part reads one index in order and stops at the limit;
 * one condition with `or` would have to read and sort all that a busy person ever did.
 */
function idsAbout(tx: Tx, name: string, narrowed: SQL | undefined, limit: number) {
  const part = (about: SQL) =>
    tx
      .select({ id: auditEvents.id })
      .from(auditEvents)
      .where(and(about, narrowed))
      .orderBy(desc(auditEvents.id))
      .limit(limit);
  const key = name.toLowerCase();
  const person = sql`(select ${users.id} from ${users} where ${users.nameKey} = ${key})`;
  const is = (column: PgColumn) => eq(column, name);
  const isPerson = (column: PgColumn) => sql`${column} = ${person}`;
  return unionAll(
    part(is(auditEvents.ownerId)),
    part(is(auditEvents.actorId)),
    part(is(auditEvents.subjectId)),
    part(isPerson(auditEvents.actorId)),
    part(sql`lower(${auditEvents.ownerName}) = ${key}`),
    part(sql`lower(${auditEvents.subjectName}) = ${key}`),
    part(sql`lower(${auditEvents.details} ->> 'publicId') = ${key}`),
    part(sql`(${auditEvents.details} ->> 'successorId') = ${name}`),
    part(sql`lower(${auditEvents.details} ->> 'successorPublicId') = ${key}`),
  );
}

function conditions(filter: AuditFilter, before: number | undefined): (SQL | undefined)[] {
  const { action, outcome, from, until } = filter;
  return [
    before === undefined ? undefined : lt(auditEvents.id, before),
    action === undefined ? undefined : eq(auditEvents.action, action),
    outcome === undefined ? undefined : eq(auditEvents.outcome, outcome),
    ...(from === undefined ? [] : [gte(auditEvents.at, new Date(from)), idFrom(new Date(from))]),
    ...(until === undefined ? [] : [lt(auditEvents.at, new Date(until)), idUntil(new Date(until))]),
  ];
}

/**
 * Ids grow with time, up to the length of a transaction (seconds; a minute is plenty). These bounds let a search of one
 * day in the middle of years read that day alone, in the order of ids.
 */
const idUntil = (until: Date) => sql`${auditEvents.id} <= coalesce((
  select late.id from audit_events late where late.at >= ${until.toISOString()}::timestamptz + interval '1 minute'
  order by late.at limit 1), 9223372036854775807)`;
const idFrom = (from: Date) => sql`${auditEvents.id} >= coalesce((
  select early.id from audit_events early where early.at < ${from.toISOString()}::timestamptz - interval '1 minute'
  order by early.at desc limit 1), 0)`;
