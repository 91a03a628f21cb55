import "server-only";
import type { Tx } from "@/lib/data/db";
import type { UserRow } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import type { CredentialKind } from "@/lib/domain/credentials/kind";
import type { Credential } from "@/lib/domain/credentials/present";

import { admitDetails } from "./admit-details";

/** A credential's details with these changes, as they are kept. Throws `invalid_input`. */
export async function editedDetails(
  tx: Tx,
  kind: CredentialKind,
  {
    caller,
    owner,
    credential,
  }: { readonly caller: Caller; readonly owner: UserRow; readonly credential: Credential },
  changes: Record<string, unknown> | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const before = kind.requireDetails(credential.details);
  if (changes === undefined) return before;
  const details = kind.edit(before, changes);
  return admitDetails(tx, kind.id, { caller, owner, before, details });
}
