import "server-only";
import { runtime } from "@/lib/config/runtime";
import { tally } from "@/lib/config/tallies";
import { isWarning, securityEventOf } from "@/lib/domain/audit/security-events";

import type { NewAuditEvent } from "./new-audit-event";

/**
 * Writes the line that collectors of logs read: who, on whom, what, from where, in OWASP's words. The details of the
 * event and the ids of sessions stay in the trail.
 */
export function logSecurityEvent(event: NewAuditEvent): void {
  const name = securityEventOf(event);
  tally("securityEvents", { event: name, action: event.action });
  const { action, outcome, reason, actorId, actorName, via, ownerId, ownerName } = event;
  const line = {
    event: name,
    action,
    outcome,
    reason: reason ?? undefined,
    via,
    actorId: actorId ?? undefined,
    actor: actorName ?? undefined,
    userId: ownerId ?? undefined,
    user: ownerName ?? undefined,
    ...(event.subjectType === "session" || event.subjectType === "user"
      ? {}
      : { subject: event.subjectId ?? undefined }),
    address: event.address,
    client: event.client,
    requestId: event.requestId,
  };
  runtime().log[isWarning(name) ? "warn" : "info"](line, "security event");
}
