import "server-only";
import { z } from "zod";

import { findUser, lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { isSelf } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { deviceNote } from "./device-of-user";
import { makeDevice } from "./make-device";

/**
 * Gives the caller an authenticator app that is not activated yet. Its seed is in the result and nowhere else. Throws
 * `conflict` for a second one. Only for oneself: nobody can bind an app to another person (product.md 3.6).
 */
export const createTotpDevice = mutation({
  name: "createTotpDevice",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: isSelf,
  lock: (tx, { input }) => lockUser(tx, input.userId),
  run: async (tx, { loaded: user }) => {
    const made = await makeDevice(tx, user);
    if (made) return made;
    throw new AppError(
      "conflict",
      "There is an authenticator app already. Remove it to set up another one.",
    );
  },
  audit: ({ loaded: user, output }) => deviceNote({ user }, output?.device.id ?? ""),
});
