import "server-only";
import { and, count, eq } from "drizzle-orm";

import type { Tx } from "./db";
import { recoveryCodes } from "./schema/second-factors";

/** Puts new codes in the place of all that there are. */
export async function replaceRecoveryCodes(
  tx: Tx,
  userId: string,
  verifiers: readonly string[],
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (verifiers.length === 0) return;
  await tx.insert(recoveryCodes).values(verifiers.map((verifier) => ({ userId, verifier })));
}

export async function countRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId));
  return row?.count ?? 0;
}

/** Uses a code up: of several who present it, one gets true. */
export async function spendRecoveryCode(
  tx: Tx,
  userId: string,
  verifier: string,
): Promise<boolean> {
  const used = await tx
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.verifier, verifier)))
    .returning({ userId: recoveryCodes.userId });
  return used.length === 1;
}
