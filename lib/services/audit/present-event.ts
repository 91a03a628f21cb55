import "server-only";
import type { AuditEventRow } from "@/lib/data/audit";
import type { ActivityView, Named } from "@/lib/domain/audit/activity";

/** The only way an event leaves the server. */
export function presentEvent(row: AuditEventRow): ActivityView {
  const { id, at, action, outcome, reason, via, details, address, client, requestId } = row;
  return {
    id,
    at: at.toISOString(),
    action,
    outcome,
    reason,
    actor: named(row.actorId, row.actorName),
    via,
    owner: named(row.ownerId, row.ownerName),
    subject:
      row.subjectType === null
        ? null
        : { type: row.subjectType, id: row.subjectId ?? "", name: row.subjectName ?? "" },
    details,
    address,
    client,
    requestId,
  };
}

function named(id: string | null, name: string | null): Named | null {
  return id === null ? null : { id, name: name ?? "" };
}
