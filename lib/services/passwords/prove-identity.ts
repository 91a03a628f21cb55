import "server-only";
import { z } from "zod";

import { reading } from "@/lib/data/db";
import { renewSession } from "@/lib/data/sessions";
import { findUser, lockUser } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { AppError, notFound } from "@/lib/domain/errors";
import { codeRefusal } from "@/lib/domain/password/lockout";
import { isSelf } from "@/lib/domain/policy";

import { checkCode } from "../second-factor/check-code";
import { mintSessionToken } from "../sessions/token";
import { mutation } from "../use-case";
import { checkConsolePassword } from "./console-door";

/**
 * Step-up: proves with the password, or with a code of the second factor, that the person is still there. Opens the next minutes for creating, rotating
 * and deleting, under a new session token (the result). What is wrong counts towards the lockout.
 */
export const proveIdentity = mutation({
  name: "proveIdentity",
  input: z.union([
    z.strictObject({ password: z.string().max(4_096) }),
    z.strictObject({ code: z.string().max(100) }),
  ]),
  stepUp: false,
  duringEnrolment: true,
  prepare: async (given, caller) => {
    if (caller.proof.type !== "session") throw notFound();
    if ("code" in given) return proveByCode(caller, given.code);
    const { password } = given;
    const user = await reading((tx) => findUser(tx, caller.userId));
    if (!user) throw notFound();
    const attempt = {
      nameKey: user.nameKey,
      password,
      slots: ["main"],
      origin: caller.origin,
      action: "proveIdentity",
    } as const;
    const check = await checkConsolePassword(attempt);
    if (check.outcome === "right" && check.found.user.id === caller.userId) return undefined;
    const message = "This is not your password.";
    throw new AppError("invalid_input", message, { fields: { password: message } });
  },
  load: (tx, _input, caller) => lockUser(tx, caller.userId),
  authorize: isSelf,
  run: async (tx, { caller }) => {
    if (caller.proof.type !== "session") throw notFound();
    const { token, tokenHash } = mintSessionToken();
    await renewSession(tx, caller.proof.sessionId, { tokenHash, mustChangePassword: false });
    return { token };
  },
  audit: ({ loaded: user, input }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    ...("code" in input && { details: { secondFactor: true } }),
  }),
});

async function proveByCode(caller: Caller, code: string): Promise<undefined> {
  const check = await checkCode({
    lock: (tx) => lockUser(tx, caller.userId),
    code,
    origin: caller.origin,
    action: "proveIdentity",
    whenRight: async () => undefined,
  });
  if (check.outcome === "right") return undefined;
  throw new AppError("invalid_input", codeRefusal, { fields: { code: codeRefusal } });
}
