import "server-only";
import { eq, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { totpDevices } from "./schema/second-factors";

export interface TotpDeviceRow {
  id: string;
  userId: string;
  sealedSeed: string;
  activatedAt: Date | null;
  usedStep: number | null;
  version: number;
  createdAt: Date;
}

const columns = {
  id: totpDevices.id,
  userId: totpDevices.userId,
  sealedSeed: totpDevices.sealedSeed,
  activatedAt: totpDevices.activatedAt,
  usedStep: totpDevices.usedStep,
  version: totpDevices.version,
  createdAt: totpDevices.createdAt,
};

/** The device of a user, activated or not. */
export async function findTotpDevice(tx: Tx, userId: string): Promise<TotpDeviceRow | undefined> {
  const [found] = await tx.select(columns).from(totpDevices).where(eq(totpDevices.userId, userId));
  return found;
}

/** Undefined when the user has one already. */
export async function insertTotpDevice(
  tx: Tx,
  device: Pick<TotpDeviceRow, "id" | "userId" | "sealedSeed">,
): Promise<TotpDeviceRow | undefined> {
  const [made] = await tx
    .insert(totpDevices)
    .values(device)
    .onConflictDoNothing({ target: totpDevices.userId })
    .returning(columns);
  return made;
}

/** Begins the count of wrong codes anew; after a right one of the app its step is used up. */
export async function forgiveWrongCodes(tx: Tx, userId: string, usedStep?: number): Promise<void> {
  await tx
    .update(totpDevices)
    .set({ failed: 0, ...(usedStep === undefined ? {} : { usedStep }) })
    .where(eq(totpDevices.userId, userId));
}

/** Counts a wrong code; answers how many there were since the last right one. */
export async function countWrongCode(tx: Tx, userId: string): Promise<number> {
  const [device] = await tx
    .update(totpDevices)
    .set({ failed: sql`${totpDevices.failed} + 1` })
    .where(eq(totpDevices.userId, userId))
    .returning({ failed: totpDevices.failed });
  return device?.failed ?? 0;
}

type Change = { sealedSeed: string } | { activated: true; usedStep: number };

/** A new seed, or the activation by a first code. The row is the caller's, under its user's lock. */
export async function updateTotpDevice(tx: Tx, id: string, change: Change): Promise<TotpDeviceRow> {
  const set =
    "activated" in change
      ? { activatedAt: sql`now()`, usedStep: change.usedStep }
      : { sealedSeed: change.sealedSeed };
  const [changed] = await tx
    .update(totpDevices)
    .set({ ...set, version: sql`${totpDevices.version} + 1` })
    .where(eq(totpDevices.id, id))
    .returning(columns);
  if (!changed) throw new Error("A device vanished under its user's lock.");
  return changed;
}

export async function deleteTotpDevice(tx: Tx, userId: string): Promise<void> {
  await tx.delete(totpDevices).where(eq(totpDevices.userId, userId));
}
