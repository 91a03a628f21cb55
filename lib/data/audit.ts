import "server-only";
import { and, desc, eq, gt, lt, sql } from "drizzle-orm";

import { onceCommitted, type Tx } from "./db";
import type { NewAuditEvent } from "./new-audit-event";
import { auditEvents } from "./schema/audit-events";
import { logSecurityEvent } from "./security-log";

export interface AuditEventRow extends NewAuditEvent {
  id: number;
  at: Date;
}

export const auditColumns = {
  id: auditEvents.id,
  at: auditEvents.at,
  action: auditEvents.action,
  outcome: auditEvents.outcome,
  reason: auditEvents.reason,
  actorId: auditEvents.actorId,
  actorName: auditEvents.actorName,
  via: auditEvents.via,
  ownerId: auditEvents.ownerId,
  ownerName: auditEvents.ownerName,
  subjectType: auditEvents.subjectType,
  subjectId: auditEvents.subjectId,
  subjectName: auditEvents.subjectName,
  details: auditEvents.details,
  address: auditEvents.address,
  client: auditEvents.client,
  requestId: auditEvents.requestId,
};

/** The trail is what counts; the log and the metrics hear of the event once it is in there for good. */
export async function insertAuditEvent(tx: Tx, event: NewAuditEvent): Promise<void> {
  await tx.insert(auditEvents).values(event);
  onceCommitted(tx, () => logSecurityEvent(event));
}

/** What happened to a person's account and credentials, newest first; `before` is the id of the last row seen. */
export async function listAuditEventsOfOwner(
  tx: Tx,
  ownerId: string,
  page: { limit: number; before?: number | undefined },
): Promise<AuditEventRow[]> {
  const rows = await tx
    .select(auditColumns)
    .from(auditEvents)
    .where(and(eq(auditEvents.ownerId, ownerId), older(page.before)))
    .orderBy(desc(auditEvents.id))
    .limit(page.limit + 1);
  return rows.map(asAuditEvent);
}

/** Whether the same refusal of the same owner was written within the last minute: repeats are one row. */
export async function hasRecentRefusal(
  tx: Tx,
  refusal: { ownerId: string; action: string; reason: string; address: string },
): Promise<boolean> {
  const [found] = await tx
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.ownerId, refusal.ownerId),
        eq(auditEvents.outcome, "refused"),
        eq(auditEvents.action, refusal.action),
        eq(auditEvents.reason, refusal.reason),
        eq(auditEvents.address, refusal.address),
        gt(auditEvents.at, sql`now() - interval '1 minute'`),
      ),
    )
    .limit(1);
  return found !== undefined;
}

const older = (before: number | undefined) =>
  before === undefined ? undefined : lt(auditEvents.id, before);

/** A row as the services take it. */
export const asAuditEvent = <Row extends { details: unknown }>(row: Row) => ({
  ...row,
  details: asRecord(row.details),
});

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
