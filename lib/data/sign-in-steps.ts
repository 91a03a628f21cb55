import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";

import { durations } from "@/lib/domain/durations";

import type { PasswordSlot } from "./console-passwords";
import type { Tx } from "./db";
import { signInSteps } from "./schema/second-factors";

export interface SignInStep {
  tokenHash: string;
  userId: string;
  slot: PasswordSlot;
  passwordSetAt: Date;
}

export async function insertSignInStep(tx: Tx, step: SignInStep): Promise<void> {
  const expiresAt = sql`now() + make_interval(secs => ${durations.secondFactorStep})`;
  await tx.insert(signInSteps).values({ ...step, expiresAt });
}

/** A sign-in that still waits for its code; undefined when it is done, over or nobody's. */
export async function findSignInStep(tx: Tx, tokenHash: string): Promise<SignInStep | undefined> {
  const [found] = await tx
    .select({
      tokenHash: signInSteps.tokenHash,
      userId: signInSteps.userId,
      slot: signInSteps.slot,
      passwordSetAt: signInSteps.passwordSetAt,
    })
    .from(signInSteps)
    .where(and(eq(signInSteps.tokenHash, tokenHash), gt(signInSteps.expiresAt, sql`now()`)));
  return found;
}

export async function deleteSignInStep(tx: Tx, tokenHash: string): Promise<void> {
  await tx.delete(signInSteps).where(eq(signInSteps.tokenHash, tokenHash));
}
