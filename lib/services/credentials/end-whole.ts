import "server-only";
import { endCredential, findPredecessor } from "@/lib/data/credentials";
import type { Tx } from "@/lib/data/db";
import type { Named } from "@/lib/domain/policy";
import type { Credential, EndedReason } from "@/lib/domain/credentials/present";

import type { AuditNote } from "../audit/record";
import { kindNamed } from "./kind-named";

/**
 * Ends a credential under its owner's lock. Where a secret is replaced in its place, the one that it replaced belongs to
 * the credential and is retired too: that is an event of its own, which `recordRetired` writes.
 */
export async function endWhole(
  tx: Tx,
  { id, ownerId, kind }: Credential,
  end: { reason: EndedReason; byName: string | null },
  recordRetired: (old: Credential) => Promise<void>,
): Promise<void> {
  if (kindNamed(kind).description.successor === "same-id") {
    const old = await findPredecessor(tx, id);
    if (old) {
      await endCredential(tx, old.ownerId, old.id, { ...end, reason: "retired" });
      await recordRetired(old);
    }
  }
  await endCredential(tx, ownerId, id, end);
}

/** What the audit trail says of an end. */
export function endNote(
  owner: Named,
  { id, kind, publicId, details }: Credential,
  reason: EndedReason,
): AuditNote {
  return {
    owner,
    subject: { type: "credential", id, name: kindNamed(kind).label(details) },
    details: { kind, publicId, reason },
  };
}
