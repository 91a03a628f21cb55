import "server-only";
import { z } from "zod";

import { findCredential } from "@/lib/data/credentials";
import type { Tx } from "@/lib/data/db";
import { lockUser } from "@/lib/data/users";

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

/** The owner's row, locked, the credential that is theirs and has not ended, and database time. */
export async function lockOwnedCredential(tx: Tx, { ownerId, kind, credential: named }: Located) {
  const owner = await lockUser(tx, ownerId);
  if (!owner) return undefined;
  const found = await findCredential(tx, ownerId, kindNamed(kind).id, named);
  return found && { owner, ...found };
}
