import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { upsertLink } from "@/lib/data/mailed-links";
import { findUser, lockUser } from "@/lib/data/users";
import { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";
import { enteredAddressOf } from "@/lib/domain/mail/recipient";
import { may } from "@/lib/domain/policy";
import { emailKey } from "@/lib/domain/users/email";

import { enqueueMail } from "../mail/enqueue";
import { mintLinkToken } from "../mailed-links/token";
import { requireLocal } from "../passwords/require-local";
import { mutation } from "../use-case";
import { endInvitation, invitationTemplate } from "./end-invitation";

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
    const { token, tokenHash } = mintLinkToken("invitation");
    await endInvitation(tx, user.id);
    const { expiresAt } = await upsertLink(tx, "invitation", {
      userId: user.id,
      tokenHash,
      emailKey: emailKey(recipient),
      lifetimeSeconds: durations.invitation,
    });
    await enqueueMail(tx, {
      template: invitationTemplate,
      userId: user.id,
      recipient,
      values: { userName: user.name, byName: caller.name, tenancyName: runtime().tenancy.name },
      secretValues: { token },
      lifetimeSeconds: durations.invitation,
    });
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
