import "server-only";
import { deleteConsolePassword, upsertConsolePassword } from "@/lib/data/console-passwords";
import type { Tx } from "@/lib/data/db";
import { endSessions } from "@/lib/data/sessions";
import { durations } from "@/lib/domain/durations";
import { makeOneTimePassword } from "@/lib/domain/password/one-time";
import type { PasswordPolicy } from "@/lib/domain/password/criteria";
import { hashPassword } from "@/lib/secrets/hash-password";
import { random } from "@/lib/secrets/random";

import { endLink } from "../mailed-links/send-link";

export interface OneTimePassword {
  readonly secret: string;
  readonly verifier: string;
}

/** Makes one that the policy accepts. Slow: call it before a transaction opens. */
export async function mintOneTimePassword(
  policy: PasswordPolicy,
  userName: string,
): Promise<OneTimePassword> {
  const secret = makeOneTimePassword(policy, userName, random);
  return { secret, verifier: await hashPassword(secret) };
}

/**
 * Puts a password in place that must be changed at the first sign-in, within seven days. Whatever opened the console
 * before, a temporary password, an invitation and every session included, is over.
 */
export async function setOneTimePassword(
  tx: Tx,
  userId: string,
  { verifier, createdByName }: { verifier: string; createdByName: string | null },
): Promise<{ createdAt: Date }> {
  const made = await upsertConsolePassword(tx, {
    userId,
    slot: "main",
    verifier,
    mustChange: true,
    lifetimeSeconds: durations.oneTimePassword,
    createdByName,
  });
  await deleteConsolePassword(tx, userId, "temporary");
  await endLink(tx, "invitation", userId);
  await endSessions(tx, userId);
  return made;
}
