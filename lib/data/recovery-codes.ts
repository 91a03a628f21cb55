import "server-only";
import { eq } from "drizzle-orm";

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
