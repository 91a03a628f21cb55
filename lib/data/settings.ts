import "server-only";
import { eq, sql } from "drizzle-orm";

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

export async function saveSetting(tx: Tx, key: string, value: unknown): Promise<void> {
  await tx
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value, updatedAt: sql`now()`, version: sql`${settings.version} + 1` },
    });
}
