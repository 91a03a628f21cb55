import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { takeFromBucket } from "@/lib/data/rate-limits";
import { findUser, lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { sendConfirmation } from "./send-confirmation";

/**
 * Mails another link that confirms the address of a user, which ends the earlier one. Throws `conflict` for an address
 * that is confirmed, and `rate_limited` at the fourth mail within an hour.
 */
export const resendConfirmation = mutation({
  name: "resendConfirmation",
  input: z.strictObject({ userId: z.string() }),
  stepUp: false,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "ResendEmailConfirmation", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  run: async (tx, { loaded: user }) => {
    if (user.email === null)
      throw new AppError("invalid_input", "There is no e-mail address to confirm.");
    if (user.emailVerified) throw new AppError("conflict", "This address is confirmed already.");
    const taken = await takeFromBucket(tx, { ...byUser, bucket: `confirm-email:user:${user.id}` });
    if (!taken.allowed) throw tooMany(taken.retryAfterSeconds);
    await sendConfirmation(tx, user);
    return { email: user.email, isMailed: runtime().env.smtpUrl !== undefined };
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});

const byUser = { limit: 3, windowSeconds: 3600 };

function tooMany(retryAfterSeconds: number): AppError {
  return new AppError(
    "rate_limited",
    "Three mails were sent to this address within an hour. Look among the unwanted ones, or try again later.",
    { retryAfterSeconds },
  );
}
