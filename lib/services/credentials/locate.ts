import "server-only";
import { z } from "zod";

import { findCredential } from "@/lib/data/credentials";
import type { Tx } from "@/lib/data/db";
import { findUser } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { isOldSecret } from "@/lib/domain/credentials/rotation";

import { kindNamed } from "./kind-named";

/** Names one credential within its owner: by OCID, or by what it shows in public. */
export const locator = {
  ownerId: z.string(),
  kind: z.string(),
  credential: z.union([
    z.strictObject({ id: z.string() }),
    z.strictObject({ publicId: z.string() }),
  ]),
};

type Located = { ownerId: string; kind: string; credential: { id: string } | { publicId: string } };

/**
 * The owner's row, the credential that is theirs and has not ended, and database time. For a signed request an
 * old secret is not there, as it is not in the lists that such requests get.
 */
export async function findOwnedCredential(
  tx: Tx,
  { ownerId, kind, credential: named }: Located,
  { proof }: Caller,
) {
  const owner = await findUser(tx, ownerId);
  if (!owner) return undefined;
  const { id, description } = kindNamed(kind);
  const found = await findCredential(tx, ownerId, id, named);
  if (!found) return undefined;
  const isHidden = proof.type === "signature" && isOldSecret(description, found.credential);
  return isHidden ? undefined : { owner, ...found };
}
