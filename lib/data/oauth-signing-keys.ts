import "server-only";
import { asc, gt, gte, lt, sql } from "drizzle-orm";

import type { SigningAlgorithm } from "@/lib/domain/oauth/key-schedule";

import type { Tx } from "./db";
import { oauthSigningKeys } from "./schema/oauth-signing-keys";

export interface SigningKeyRow {
  id: string;
  algorithm: SigningAlgorithm;
  publicKey: unknown;
  sealedPrivateKey: string;
  signsFrom: Date;
  signsUntil: Date;
  publishedUntil: Date;
}

/** The keys that still count, oldest first. */
export function listSigningKeys(tx: Tx): Promise<SigningKeyRow[]> {
  const columns = oauthSigningKeys;
  return tx
    .select({
      id: columns.id,
      algorithm: columns.algorithm,
      publicKey: columns.publicKey,
      sealedPrivateKey: columns.sealedPrivateKey,
      signsFrom: columns.signsFrom,
      signsUntil: columns.signsUntil,
      publishedUntil: columns.publishedUntil,
    })
    .from(oauthSigningKeys)
    .where(gt(oauthSigningKeys.publishedUntil, sql`now()`))
    .orderBy(asc(oauthSigningKeys.signsFrom), asc(oauthSigningKeys.id));
}

export async function insertSigningKey(tx: Tx, key: SigningKeyRow): Promise<void> {
  await tx.insert(oauthSigningKeys).values(key);
}

/** Ends the turn of every key that would sign beyond a moment; one that would only begin after it goes unused. */
export async function endSigningKeys(
  tx: Tx,
  { signsUntil, publishedUntil }: Pick<SigningKeyRow, "signsUntil" | "publishedUntil">,
): Promise<void> {
  await tx.delete(oauthSigningKeys).where(gte(oauthSigningKeys.signsFrom, signsUntil));
  await tx
    .update(oauthSigningKeys)
    .set({ signsUntil, publishedUntil })
    .where(gt(oauthSigningKeys.signsUntil, signsUntil));
}

/** Any number will do, as long as every process takes the same. */
const rotation = 7_209_154_332;

/** One process at a time decides whether a key is due; the lock ends with the transaction. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${rotation})`);
}

/** What no token that still lives was signed with goes, its private half with it. */
export async function purgeSigningKeys(tx: Tx): Promise<void> {
  await tx.delete(oauthSigningKeys).where(lt(oauthSigningKeys.publishedUntil, sql`now()`));
}
