import "server-only";
import { z } from "zod";

import type { Account } from "@/lib/data/accounts";
import { insertAuditEvent } from "@/lib/data/audit";
import {
  type ConsolePassword,
  isPasswordInPlace,
  useUpPassword,
} from "@/lib/data/console-passwords";
import type { Tx } from "@/lib/data/db";
import { insertSession } from "@/lib/data/sessions";
import { giveBackSourcePlace, takeSourcePlace } from "@/lib/data/source-failures";
import { insertSignInStep } from "@/lib/data/sign-in-steps";
import type { RequestOrigin } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { sourceOf } from "@/lib/domain/source-address";
import { AppError } from "@/lib/domain/errors";
import { failuresPerSourcePerMinute, signInRefusal } from "@/lib/domain/password/lockout";
import { storedCapabilities } from "@/lib/domain/users/capabilities";
import { userNameKey } from "@/lib/domain/users/user-name";

import { eventWithoutCaller } from "../audit/record";
import { checkPassword, type RightPassword } from "../passwords/check";
import { consoleDoor } from "../passwords/console-door";
import type { CodeKind } from "../second-factor/check-code";
import { mintSession, mintSessionToken } from "./token";

const input = z.object({ userName: z.string().max(1_000), password: z.string().max(4_096) });

export interface SignedIn {
  readonly isDone: true;
  readonly userId: string;
  readonly name: string;
  /** What the cookie carries; in this answer and nowhere else. */
  readonly token: string;
  readonly mustChangePassword: boolean;
}

/** The password was right, and a code is asked for. Nothing is open yet. */
export interface CodeAsked {
  readonly isDone: false;
  /** What names this sign-in when the code comes; no session's token. */
  readonly token: string;
}

/**
 * Opens a session with a console password, or asks for the code of whoever has a second factor. Throws `sign_in_refused`, the same for every cause, or `password_expired`
 * for a one-time or temporary password that was right but is used up or too old; `rate_limited` for a source that
 * guesses over many names.
 */
export async function signIn(origin: RequestOrigin, raw: unknown): Promise<SignedIn | CodeAsked> {
  const { userName, password } = parseInput(input, raw);
  const nameKey = userNameKey(userName).slice(0, 200);
  const place = { address: sourceOf(origin.address), nameKey, limit: failuresPerSourcePerMinute };
  let hasTakenPlace = false;
  const check = await checkPassword(
    consoleDoor(["main", "temporary"]),
    { nameKey, password, origin, action: "signIn" },
    {
      before: async (tx) => {
        hasTakenPlace = await throttleSource(tx, place);
      },
      isEnough: ({ hasSecondFactor }, { mustChange, isExpired }) =>
        !hasSecondFactor && !(mustChange && isExpired),
      whenRight: async (tx, found) => {
        const opened = await (found.user.hasSecondFactor ? askForCode : openSession)(
          tx,
          origin,
          found,
        );
        if (hasTakenPlace && "token" in opened) await giveBackSourcePlace(tx, place);
        return opened;
      },
    },
  );
  if (check.outcome === "wrong") throw refused();
  if ("refusal" in check.output) throw check.output.refusal;
  return check.output;
}

const refused = () => new AppError("sign_in_refused", signInRefusal);

async function askForCode(
  tx: Tx,
  origin: RequestOrigin,
  { user, password }: RightPassword<ConsolePassword>,
): Promise<CodeAsked | { readonly refusal: AppError }> {
  if (!mayOpen(user)) return { refusal: refused() };
  const { token, tokenHash } = mintSessionToken();
  const { slot, createdAt } = password;
  await insertSignInStep(tx, { tokenHash, userId: user.id, slot, passwordSetAt: createdAt });
  const owner = { id: user.id, name: user.name };
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, {
      action: "beginSignIn",
      outcome: "done",
      via: "password",
      actor: owner,
      owner,
      subject: { type: "user", ...owner },
    }),
  );
  return { isDone: false, token };
}

const mayOpen = ({ state, blockedAt, capabilities }: Account) =>
  state === "active" &&
  blockedAt === null &&
  storedCapabilities.parse(capabilities).canUseConsolePassword;

/** A refusal is an answer here, not an exception: that the password was right must stay counted. */
export async function openSession(
  tx: Tx,
  origin: RequestOrigin,
  { user, password, secondFactor }: RightPassword<ConsolePassword> & { secondFactor?: CodeKind },
): Promise<SignedIn | { readonly refusal: AppError }> {
  if (!mayOpen(user)) return { refusal: refused() };
  const owner = { id: user.id, name: user.name };
  if (password.mustChange && !(await useUpPassword(tx, user.id, password))) {
    await insertAuditEvent(
      tx,
      eventWithoutCaller(origin, {
        action: "signIn",
        outcome: "refused",
        reason: "password_expired",
        via: "password",
        owner,
        subject: { type: "user", ...owner },
      }),
    );
    const message =
      "This one-time password has expired or was used already. Ask an administrator for a new one, or use “Forgot password”.";
    return { refusal: new AppError("password_expired", message) };
  }
  // Checked before the lock: a reset or change meanwhile has ended what this password opens.
  if (!password.mustChange && !(await isPasswordInPlace(tx, user.id, password)))
    return { refusal: refused() };
  const session = mintSession();
  await insertSession(tx, {
    ...session,
    userId: user.id,
    mustChangePassword: password.mustChange,
    ...placeOf(origin),
  });
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, {
      action: "signIn",
      outcome: "done",
      via: "password",
      actor: owner,
      owner,
      subject: { type: "session", id: session.id, name: "" },
      details: {
        password:
          password.slot === "temporary" ? "temporary" : password.mustChange ? "one-time" : "chosen",
        ...(secondFactor && { secondFactor }),
      },
    }),
  );
  return {
    isDone: true,
    userId: user.id,
    name: user.name,
    token: session.token,
    mustChangePassword: password.mustChange,
  };
}

const placeOf = ({ address, client }: RequestOrigin) => ({ address, client: client.slice(0, 400) });

/**
 * A source that fails on many names is a guesser; one that fails on a single name is somebody who forgot. A name that
 * it already failed on is never refused here: there the lockout counts. Answers whether a place was taken.
 */
async function throttleSource(
  tx: Tx,
  place: { address: string; nameKey: string; limit: number },
): Promise<boolean> {
  const taken = await takeSourcePlace(tx, place);
  if (taken.state !== "full") return taken.state === "taken";
  throw new AppError(
    "rate_limited",
    "Too many failed sign-ins from your address. Wait a minute and try again.",
    { retryAfterSeconds: taken.retryAfterSeconds },
  );
}
