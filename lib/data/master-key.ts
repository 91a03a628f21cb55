import "server-only";
import { sql } from "drizzle-orm";

import { runtime } from "@/lib/config/runtime";

import type { Tx } from "./db";
import { masterKey } from "./schema/master-key";

export interface MasterKeyState {
  currentId: string;
  previousId: string | null;
  sealedRootKey: string;
  /** When the current one came into force. */
  since: Date;
  /** When the last rotation was finished. */
  rotatedAt: Date | null;
}

const columns = {
  currentId: masterKey.currentId,
  previousId: masterKey.previousId,
  sealedRootKey: masterKey.sealedRootKey,
  since: masterKey.since,
  rotatedAt: masterKey.rotatedAt,
};

/** Undefined before the first start, and before the first start of a version that has this table. */
export async function findMasterKey(tx: Tx): Promise<MasterKeyState | undefined> {
  const [found] = await tx.select(columns).from(masterKey);
  return found;
}

/** The same, locked: waits for everyone who is about to seal with the key in force. */
export async function lockMasterKey(tx: Tx): Promise<MasterKeyState | undefined> {
  const [found] = await tx.select(columns).from(masterKey).for("update");
  return found;
}

/** The id of the key in force, which stays in force until the transaction ends. */
export async function holdCurrentKeyId(tx: Tx): Promise<string> {
  const [found] = await tx.select({ id: masterKey.currentId }).from(masterKey).for("share");
  if (!found) throw new Error("No master key is in force: the start of the process sets it.");
  return found.id;
}

/** Of processes that start at once, the first one sets it. */
export async function insertMasterKey(
  tx: Tx,
  values: { currentId: string; sealedRootKey: string },
): Promise<void> {
  await tx.insert(masterKey).values(values).onConflictDoNothing();
}

/** From now on everything is sealed with another key. Call under the lock. */
export async function turnMasterKey(
  tx: Tx,
  values: { currentId: string; previousId: string; sealedRootKey: string },
): Promise<void> {
  await tx.update(masterKey).set({ ...values, since: sql`now()` });
}

/** Nothing is sealed with the previous key any more. Call under the lock. */
export async function forgetPreviousKey(tx: Tx): Promise<void> {
  await tx.update(masterKey).set({ previousId: null, rotatedAt: sql`now()` });
}

/** One number for the whole cluster, like that of the migrations. */
const rotationLock = 7_209_154_332;

/** Runs `work` unless another process is running it; then answers undefined. Dying gives the place back. */
export async function rotatingAlone<T>(work: () => Promise<T>): Promise<T | undefined> {
  const client = await runtime().pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      "select pg_try_advisory_lock($1) as taken",
      [rotationLock],
    );
    return rows[0]?.taken === true ? await work() : undefined;
  } finally {
    await client
      .query("select pg_advisory_unlock($1)", [rotationLock])
      .then(() => client.release())
      // The lock is the connection's and ends with it.
      .catch(() => client.release(true));
  }
}
