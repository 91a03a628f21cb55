import "server-only";
import { runtime } from "@/lib/config/runtime";
import { insertAuditEvent } from "@/lib/data/audit";
import { reading, type Tx } from "@/lib/data/db";
import type { NewAuditEvent } from "@/lib/data/new-audit-event";
import type { Caller, RequestOrigin } from "@/lib/domain/caller";

/** Who and what an event is about. `details` are public facts of the change; never a secret. */
export interface AuditNote {
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string } | null;
  readonly details?: Record<string, unknown>;
}

/** Writes what was done, in the transaction that does it. */
export async function recordDone(
  tx: Tx,
  caller: Caller,
  action: string,
  note: AuditNote,
): Promise<void> {
  await insertAuditEvent(tx, { ...describe(caller, note), action, outcome: "done", reason: null });
}

/** Writes that policy refused. Fails open: the refusal itself already stands. */
export async function recordRefusal(
  caller: Caller,
  action: string,
  note: AuditNote,
): Promise<void> {
  const event: NewAuditEvent = {
    ...describe(caller, note),
    action,
    outcome: "refused",
    reason: "not_permitted",
  };
  try {
    await reading((tx) => insertAuditEvent(tx, event));
  } catch (error) {
    runtime().log.error({ err: error, action }, "a refusal could not be recorded");
  }
}

/** An event without a caller: sign-in, recovery, refused signatures, the host's own commands. */
export function eventWithoutCaller(
  origin: RequestOrigin,
  event: {
    action: string;
    outcome: "done" | "refused";
    reason?: string;
    via: string;
    actor?: { id: string; name: string } | null;
  } & AuditNote,
): NewAuditEvent {
  return {
    action: event.action,
    outcome: event.outcome,
    reason: event.reason ?? null,
    actorId: event.actor?.id ?? null,
    actorName: event.actor?.name ?? null,
    via: event.via,
    ...subjectOf(event),
    ...origin,
  };
}

function describe(
  caller: Caller,
  note: AuditNote,
): Omit<NewAuditEvent, "action" | "outcome" | "reason"> {
  return {
    actorId: caller.userId,
    actorName: caller.name,
    via: caller.proof.type,
    ...subjectOf(note),
    ...caller.origin,
  };
}

function subjectOf({ owner, subject, details }: AuditNote) {
  return {
    ownerId: owner?.id ?? null,
    ownerName: owner?.name ?? null,
    subjectType: subject?.type ?? null,
    subjectId: subject?.id ?? null,
    subjectName: subject?.name ?? null,
    details: details ?? {},
  };
}
