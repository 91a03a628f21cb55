import "server-only";
import { z } from "zod";

import { reading } from "@/lib/data/db";
import { renewSession } from "@/lib/data/sessions";
import { findUser, lockUser } from "@/lib/data/users";
import { AppError, notFound } from "@/lib/domain/errors";
import { isSelf } from "@/lib/domain/policy";

import { mintSessionToken } from "../sessions/token";
import { mutation } from "../use-case";
import { checkConsolePassword } from "./console-door";

/**
 * Step-up: proves with the password that the person is still there. Opens the next minutes for creating, rotating
 * and deleting, under a new session token (the result). A wrong password counts towards the lockout.
 */
export const proveIdentity = mutation({
  name: "proveIdentity",
  input: z.strictObject({ password: z.string().max(4_096) }),
  stepUp: false,
  prepare: async ({ password }, caller) => {
    if (caller.proof.type !== "session") throw notFound();
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
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
