import "server-only";
import { z } from "zod";

import { findUser, lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { removeSecondFactor } from "./remove-second-factor";
import { tellOfSecondFactor } from "./tell";

/** Takes a user's second factor away, whatever it is made of: from now on the password alone signs them in. */
export const disableSecondFactor = mutation({
  name: "disableSecondFactor",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "DeleteMfaTotpDevice", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  run: async (tx, { caller, loaded: user }) => {
    if (!user.hasSecondFactor) throw new AppError("conflict", "There is no second factor.");
    await removeSecondFactor(tx, user);
    if (caller.userId === user.id) await tellOfSecondFactor(tx, user, caller.origin, false);
    return { id: user.id };
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
