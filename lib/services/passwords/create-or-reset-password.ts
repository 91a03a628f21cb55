import "server-only";
import { z } from "zod";

import { reading } from "@/lib/data/db";
import { findUser, lockUser } from "@/lib/data/users";
import { AppError, notFound } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { mintOneTimePassword, setOneTimePassword } from "./one-time-password";
import { passwordPolicyOf } from "./policy";
import { requireLocal } from "./require-local";

/**
 * Gives a user a one-time console password, valid seven days and to be changed at the first sign-in. It is in the
 * result and nowhere else. The former password and every session end; a blocked user stays blocked (decisions.md 1).
 */
export const createOrResetPassword = mutation({
  name: "createOrResetPassword",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  prepare: async ({ userId }, caller) => {
    const found = await reading(async (tx) => ({
      user: await findUser(tx, userId),
      policy: await passwordPolicyOf(tx),
    }));
    const { user } = found;
    if (!user || !may(caller, "CreateOrResetUIPassword", { user }).allowed) return undefined;
    return mintOneTimePassword(found.policy, user.name);
  },
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "CreateOrResetUIPassword", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  run: async (tx, { caller, loaded: user, prepared }) => {
    if (!prepared) throw notFound();
    // It would end the very session that is to show the new one.
    if (caller.proof.type === "session" && caller.userId === user.id)
      throw new AppError("conflict", "Change your own password under Profile, Change password.");
    requireLocal(user);
    const { createdAt } = await setOneTimePassword(tx, user.id, {
      verifier: prepared.verifier,
      createdByName: caller.name,
    });
    return {
      secret: prepared.secret,
      userId: user.id,
      userName: user.name,
      createdAt: createdAt.toISOString(),
    };
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
