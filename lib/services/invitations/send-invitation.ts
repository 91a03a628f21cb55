import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { findUser, lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { enteredAddressOf } from "@/lib/domain/mail/recipient";
import { may } from "@/lib/domain/policy";

import { sendLink } from "../mailed-links/send-link";
import { requireLocal } from "../passwords/require-local";
import { mutation } from "../use-case";

/**
 * Mails a user who never signed in a link that makes their one-time password: whoever sends it never sees either. It
 * voids an earlier one. Until the link is used nothing about the user changes. Throws `conflict` for whoever signed in.
 */
export const sendInvitation = mutation({
  name: "sendInvitation",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "CreateOrResetUIPassword", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  run: async (tx, { caller, loaded: user }) => {
    requireLocal(user);
    if (user.state === "suspended")
      throw new AppError("conflict", "This user is suspended. Activate the user first.");
    if (user.lastSignInAt !== null)
      throw new AppError(
        "conflict",
        "This user has signed in before. Use Create/Reset Password instead.",
      );
    const recipient = enteredAddressOf(user);
    if (recipient === undefined)
      throw new AppError(
        "invalid_input",
        "An invitation goes by mail, and this user has no e-mail address. Enter one under Edit.",
      );
    const values = {
      userName: user.name,
      byName: caller.name,
      tenancyName: runtime().tenancy.name,
    };
    const to = { userId: user.id, recipient };
    const { expiresAt } = await sendLink(tx, "invitation", to, (secretValues) => ({
      template: "invitation",
      values,
      secretValues,
    }));
    return {
      userId: user.id,
      email: recipient,
      expiresAt: expiresAt.toISOString(),
      isMailed: runtime().env.smtpUrl !== undefined,
    };
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
