import "server-only";
import { z } from "zod";

import { forgetFailures } from "@/lib/data/password-counters";
import { forgiveWrongCodes } from "@/lib/data/totp-devices";
import { findUser, lockUser, updateUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";
import { presentUser } from "@/lib/domain/users/present";

import { mutation } from "../use-case";

/** Lets a user who failed ten times try again. The password stays what it was. */
export const unblockUser = mutation({
  name: "unblockUser",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "UpdateUserState", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  version: (user) => user.version,
  run: async (tx, { loaded: user }) => {
    await forgetFailures(tx, user.nameKey);
    await forgiveWrongCodes(tx, user.id);
    return presentUser(await updateUser(tx, user.id, { blockedAt: null }));
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
