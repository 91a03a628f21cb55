import "server-only";
import { eq, inArray, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { settings } from "./schema/settings";

/** The stored value of a topic, unparsed; undefined when nobody changed the default. */
export async function findSetting(tx: Tx, key: string): Promise<unknown> {
  const [found] = await tx
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, key));
  return found?.value;
}

/** The same, locked until the transaction ends: what is decided by it holds when it is saved. */
export async function lockSetting(tx: Tx, key: string): Promise<unknown> {
  const [found] = await tx
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, key))
    .for("update");
  return found?.value;
}

export interface StoredSetting {
  readonly key: string;
  readonly value: unknown;
  readonly version: number;
}

const stored = { key: settings.key, value: settings.value, version: settings.version };

/** What is stored of these topics; a topic that nobody changed is not among it. */
export async function findSettings(tx: Tx, keys: readonly string[]): Promise<StoredSetting[]> {
  return tx
    .select(stored)
    .from(settings)
    .where(inArray(settings.key, [...keys]));
}

/** A topic, locked until the transaction ends; there is a row from now on, so that two who change it take turns. */
export async function holdSetting(tx: Tx, key: string): Promise<StoredSetting> {
  await tx.insert(settings).values({ key, value: {} }).onConflictDoNothing();
  const [found] = await tx.select(stored).from(settings).where(eq(settings.key, key)).for("update");
  if (!found) throw new Error("A setting vanished while it was being held.");
  return found;
}

/** Answers with the version that this change made. */
export async function saveSetting(tx: Tx, key: string, value: unknown): Promise<number> {
  const [saved] = await tx
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value, updatedAt: sql`now()`, version: sql`${settings.version} + 1` },
    })
    .returning({ version: settings.version });
  if (!saved) throw new Error("A setting was not saved.");
  return saved.version;
}
