import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import {
  deleteConsolePassword,
  findPasswordHistory,
  rememberPassword,
  upsertConsolePassword,
} from "@/lib/data/console-passwords";
import { reading } from "@/lib/data/db";
import { endSessions, renewSession } from "@/lib/data/sessions";
import { findUser, lockUser } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { AppError, notFound } from "@/lib/domain/errors";
import { addressOf } from "@/lib/domain/mail/recipient";
import {
  checkPassword,
  formerPasswords,
  longestPasswordBytes,
  type PasswordPolicy,
} from "@/lib/domain/password/criteria";
import { isSelf } from "@/lib/domain/policy";
import { hashPassword, verifyPassword } from "@/lib/secrets/hash-password";
import { isBlockedPassword } from "@/lib/secrets/password-blocklist";

import { endLink } from "../mailed-links/send-link";
import { enqueueMail } from "../mail/enqueue";
import { mintSessionToken } from "../sessions/token";
import { mutation } from "../use-case";
import { checkConsolePassword } from "./console-door";
import { passwordPolicyOf } from "./policy";

const text = z.string().max(longestPasswordBytes * 4);
const input = z.strictObject({
  currentPassword: text,
  newPassword: text,
  confirmNewPassword: text,
});
type Input = z.infer<typeof input>;

/**
 * Changes the caller's own console password. Every other session ends, this one gets a new token (the result), and a
 * mail tells the owner. Throws `invalid_input` with sentences per field: wrong current password, rules not met, common,
 * used before, not the same twice. A wrong current password counts towards the lockout.
 */
export const changePassword = mutation({
  name: "changePassword",
  input,
  stepUp: false,
  duringForcedChange: true,
  prepare: async (given, caller) => {
    if (caller.proof.type !== "session") throw notFound();
    const user = await reading((tx) => findUser(tx, caller.userId));
    if (!user) throw notFound();
    const { policy, history } = await reading(async (tx) => {
      const rules = await passwordPolicyOf(tx);
      return {
        policy: rules,
        history: await findPasswordHistory(tx, user.id, rules.historyLength),
      };
    });
    const problems = checkPassword(policy, { password: given.newPassword, userName: user.name });
    if (problems.length > 0) throw badField("newPassword", problems.join(" "));
    if (given.newPassword !== given.confirmNewPassword)
      throw badField("confirmNewPassword", "The two passwords differ. Type the new one again.");
    // What the page's own list could have told costs no attempt at the current password.
    await requireCurrent(given, caller, user.nameKey);
    const own = [user.name, user.email ?? "", runtime().tenancy.name].filter(Boolean);
    if (isBlockedPassword(given.newPassword, own)) {
      throw badField(
        "newPassword",
        "This password is easy to guess: it is common, or made of your name, your address or the tenancy's name. Choose another one.",
      );
    }
    await requireNew(given, history, policy);
    return { verifier: await hashPassword(given.newPassword), historyLength: policy.historyLength };
  },
  load: (tx, _input, caller) => lockUser(tx, caller.userId),
  authorize: isSelf,
  run: async (tx, { caller, loaded: user, prepared }) => {
    if (caller.proof.type !== "session") throw notFound();
    const { verifier, historyLength } = prepared;
    // First of all: an end of this session while the passwords were hashed stops everything.
    const { token, tokenHash } = mintSessionToken();
    await renewSession(tx, caller.proof.sessionId, { tokenHash, mustChangePassword: false });
    const { createdAt } = await upsertConsolePassword(tx, {
      userId: user.id,
      slot: "main",
      verifier,
      mustChange: false,
      lifetimeSeconds: null,
      createdByName: caller.name,
    });
    await deleteConsolePassword(tx, user.id, "temporary");
    await endLink(tx, "invitation", user.id);
    await rememberPassword(tx, user.id, verifier, Math.max(1, historyLength));
    const sessionsEnded = await endSessions(tx, user.id, { except: caller.proof.sessionId });
    const recipient = addressOf(user);
    if (recipient !== undefined) {
      await enqueueMail(tx, {
        template: "password_changed",
        userId: user.id,
        recipient,
        values: {
          userName: user.name,
          changedAt: createdAt.toISOString(),
          address: caller.origin.address,
          client: caller.origin.client,
        },
      });
    }
    return { token, sessionsEnded };
  },
  audit: ({ loaded: user, output }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { sessionsEnded: output?.sessionsEnded ?? 0 },
  }),
});

/** A session that must change its password may give the used-up one-time password; it opens nothing else any more. */
async function requireCurrent(
  { currentPassword }: Input,
  caller: Caller,
  nameKey: string,
): Promise<void> {
  const isForced = caller.proof.type === "session" && caller.proof.mustChangePassword;
  const check = await checkConsolePassword({
    nameKey,
    password: currentPassword,
    slots: isForced ? ["main", "temporary"] : ["main"],
    origin: caller.origin,
    action: "changePassword",
  });
  const isRight = check.outcome === "right" && check.found.user.id === caller.userId;
  if (!isRight) throw badField("currentPassword", "This is not your current password.");
}

async function requireNew(
  { currentPassword, newPassword }: Input,
  history: readonly string[],
  policy: PasswordPolicy,
): Promise<void> {
  if (newPassword === currentPassword)
    throw badField("newPassword", "The new password is the current one. Choose another one.");
  for (const verifier of history) {
    if (await verifyPassword(verifier, newPassword)) {
      throw badField(
        "newPassword",
        `You used this password before: ${formerPasswords(policy)} cannot be used again.`,
      );
    }
  }
}

function badField(field: keyof Input, message: string): AppError {
  return new AppError("invalid_input", message, { fields: { [field]: message } });
}
