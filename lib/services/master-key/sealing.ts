import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { holdCurrentKeyId } from "@/lib/data/master-key";
import type { SealedPlace } from "@/lib/domain/sealed-place";
import { open, seal, SealError } from "@/lib/secrets/seal";

/**
 * Encrypts a secret for its place with the master key in force, which cannot be replaced before this transaction has
 * ended: a rotation misses nothing. The column belongs in `sealed-columns.ts`.
 */
export async function sealSecret(tx: Tx, plaintext: string, place: SealedPlace): Promise<string> {
  const id = await holdCurrentKeyId(tx);
  const masterKey = runtime().masterKeys.find(id);
  if (masterKey === undefined)
    throw new SealError("The master key in force is not configured for this server.");
  return seal(masterKey, plaintext, place);
}

/** Decrypts what `sealSecret` made for the same place. Throws `SealError`. */
export function openSecret(sealed: string, place: SealedPlace): string {
  return open(runtime().masterKeys, sealed, place);
}
