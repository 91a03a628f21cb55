import "server-only";
import { z } from "zod";

import { findConsolePasswords } from "@/lib/data/console-passwords";
import type { Tx } from "@/lib/data/db";
import { reading } from "@/lib/data/db";
import { deleteSignInStep, findSignInStep, type SignInStep } from "@/lib/data/sign-in-steps";
import { lockUser, type UserWithGroups } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";
import { codeRefusal } from "@/lib/domain/password/lockout";

import { checkCode, type CodeKind } from "../second-factor/check-code";
import { openSession, type SignedIn } from "./sign-in";
import { hashSessionToken } from "./token";

const input = z.object({ token: z.string().max(200), code: z.string().max(100) });

/**
 * The second half of a sign-in: opens the session by a code. Throws `sign_in_refused` for a wrong one, and
 * `unauthenticated` for a sign-in that is over: too old, done, ended by a reset or a block, or nobody's.
 */
export async function completeSignIn(origin: RequestOrigin, raw: unknown): Promise<SignedIn> {
  const { token, code } = parseInput(input, raw);
  const tokenHash = hashSessionToken(token);
  let step: SignInStep | undefined;
  const check = await checkCode({
    lock: async (tx) => {
      const pending = await findSignInStep(tx, tokenHash);
      const user = pending && (await lockUser(tx, pending.userId));
      // Once more under the lock: of two codes at once the first has ended it.
      step = user && (await findSignInStep(tx, tokenHash));
      return step && user;
    },
    code,
    origin,
    action: "signIn",
    whenRight: async (tx, user, kind) => {
      await deleteSignInStep(tx, tokenHash);
      return step === undefined ? undefined : open(tx, origin, { user, step, kind });
    },
  });
  if (check.outcome === "wrong")
    throw new AppError("sign_in_refused", codeRefusal, { fields: { code: codeRefusal } });
  if (check.outcome === "nobody" || check.output === undefined) throw over();
  if ("refusal" in check.output) throw check.output.refusal;
  return check.output;
}

/** Whether a sign-in waits for its code: what the page asks before it shows a field. */
export function isCodeAwaited(token: string): Promise<boolean> {
  return reading(async (tx) => (await findSignInStep(tx, hashSessionToken(token))) !== undefined);
}

interface Proved {
  readonly user: UserWithGroups;
  readonly step: SignInStep;
  readonly kind: CodeKind;
}

/** With the password of the first half, if it is still that one. */
async function open(tx: Tx, origin: RequestOrigin, { user, step, kind }: Proved) {
  const password = (await findConsolePasswords(tx, user.id)).find(
    ({ slot, createdAt }) =>
      slot === step.slot && createdAt.getTime() === step.passwordSetAt.getTime(),
  );
  return password && openSession(tx, origin, { user, password, secondFactor: kind });
}

const over = () =>
  new AppError("unauthenticated", "This sign-in took too long or has ended. Begin anew.");
