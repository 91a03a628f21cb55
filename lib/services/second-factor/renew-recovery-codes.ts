import "server-only";
import { z } from "zod";

import { findUser, lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { isSelf } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { giveRecoveryCodes } from "./recovery-codes";

/** New recovery codes for the caller, in the result and nowhere else; the former ones open nothing any more. */
export const renewRecoveryCodes = mutation({
  name: "renewRecoveryCodes",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: isSelf,
  lock: (tx, { input }) => lockUser(tx, input.userId),
  run: async (tx, { loaded: user }) => {
    if (!user.hasSecondFactor)
      throw new AppError("conflict", "There is no second factor for them to stand in for.");
    return { secret: (await giveRecoveryCodes(tx, user.id)).join("\n") };
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
