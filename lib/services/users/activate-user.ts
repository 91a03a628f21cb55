import "server-only";
import { z } from "zod";

import { findUser, lockUser, updateUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";
import { presentUser } from "@/lib/domain/users/present";

import { mutation } from "../use-case";

/** Opens again what a suspension closed. Who was blocked stays blocked, and sessions do not come back. */
export const activateUser = mutation({
  name: "activateUser",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "SuspendUser", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  version: (user) => user.version,
  run: async (tx, { loaded: user }) =>
    presentUser(await updateUser(tx, user.id, { state: "active" })),
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
