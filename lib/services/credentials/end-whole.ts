import "server-only";
import { endCredential, findPredecessor } from "@/lib/data/credentials";
import type { Tx } from "@/lib/data/db";
import type { Credential, EndedReason } from "@/lib/domain/credentials/present";

import { kindNamed } from "./kind-named";

/**
 * Ends a credential under its owner's lock. Where a secret is replaced in its place, the one that it replaced belongs to
 * the credential and ends too.
 */
export async function endWhole(
  tx: Tx,
  { id, ownerId, kind }: Credential,
  end: { reason: EndedReason; byName: string | null },
): Promise<void> {
  if (kindNamed(kind).description.successor === "same-id") {
    const predecessor = await findPredecessor(tx, id);
    if (predecessor) await endCredential(tx, predecessor.ownerId, predecessor.id, end);
  }
  await endCredential(tx, ownerId, id, end);
}
