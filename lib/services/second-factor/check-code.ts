import "server-only";
import { randomUUID } from "node:crypto";

import { databaseTime, transaction, type Tx } from "@/lib/data/db";
import { leasePasswordCheck, resetAfterSuccess } from "@/lib/data/password-counters";
import { spendRecoveryCode } from "@/lib/data/recovery-codes";
import { findTotpDevice, forgiveWrongCodes, countWrongCode } from "@/lib/data/totp-devices";
import type { UserWithGroups } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";
import { failuresUntilBlocked } from "@/lib/domain/password/lockout";
import { totpPlace } from "@/lib/domain/sealed-place";
import { bareCode, isTotpCode } from "@/lib/domain/second-factor/totp";
import { stepOfCode } from "@/lib/secrets/totp";

import { openSecret } from "../master-key/sealing";
import { finishWrong } from "../passwords/count-failure";
import { recoveryCodeVerifier } from "./recovery-codes";

/** What a right code was of. */
export type CodeKind = "totp" | "recovery";

interface CodeCheck<Output> {
  /** The user, locked: a code is used once by whoever is first. Undefined when there is nobody to ask. */
  readonly lock: (tx: Tx) => Promise<UserWithGroups | undefined>;
  readonly code: string;
  readonly origin: RequestOrigin;
  readonly action: string;
  /** In the transaction that uses the code up; a refusal is an answer here, not an exception. */
  readonly whenRight: (tx: Tx, user: UserWithGroups, kind: CodeKind) => Promise<Output>;
}

/**
 * The one way a code is checked, of the authenticator app or for recovery. A wrong one counts among the ten failures of
 * the passwords (product.md 3.3), and among ten of its own since the last right code. Throws `rate_limited` when too many
 * checks of this user are under way.
 */
export function checkCode<Output>({
  lock,
  code,
  origin,
  action,
  whenRight,
}: CodeCheck<Output>): Promise<
  { outcome: "right"; output: Output } | { outcome: "wrong" } | { outcome: "nobody" }
> {
  return transaction(async (tx) => {
    const user = await lock(tx);
    if (!user) return { outcome: "nobody" };
    const [counter, leaseId] = [user.nameKey, randomUUID()];
    const { state } = await leasePasswordCheck(tx, counter, leaseId, failuresUntilBlocked);
    if (state === "busy") {
      const message = "Too many attempts at once. Wait a second and try again.";
      throw new AppError("rate_limited", message, { retryAfterSeconds: 1 });
    }
    const isOpen = state === "granted" && user.blockedAt === null && user.state === "active";
    const kind = isOpen ? await spendCode(tx, user, code) : undefined;
    if (kind && (await resetAfterSuccess(tx, counter, leaseId, failuresUntilBlocked)))
      return { outcome: "right", output: await whenRight(tx, user, kind) };
    await finishWrong(
      tx,
      { origin, action, via: "code" },
      {
        counter,
        leaseId,
        user,
        isOverLimit: state === "blocked",
        mayBlock: true,
        wrong: "wrong_code",
        alsoFailed: isOpen ? await countWrongCode(tx, user.id) : 0,
      },
    );
    return { outcome: "wrong" };
  });
}

/** Uses up what was typed, if it is one of the user's codes: six digits are of the app, everything else for recovery. */
async function spendCode(
  tx: Tx,
  user: UserWithGroups,
  typed: string,
): Promise<CodeKind | undefined> {
  const device = await findTotpDevice(tx, user.id);
  if (!device || device.activatedAt === null) return undefined;
  const code = bareCode(typed);
  if (isTotpCode(code)) {
    const seed = openSecret(device.sealedSeed, totpPlace(user.tenancyId, device));
    const { usedStep } = device;
    const step = stepOfCode(seed, code, { at: await databaseTime(tx), usedStep });
    if (step !== undefined) await forgiveWrongCodes(tx, user.id, step);
    return step === undefined ? undefined : "totp";
  }
  const verifier = recoveryCodeVerifier(typed);
  if (verifier === undefined || !(await spendRecoveryCode(tx, user.id, verifier))) return undefined;
  await forgiveWrongCodes(tx, user.id);
  return "recovery";
}
