import "server-only";
import { z } from "zod";

import { findTotpDevice } from "@/lib/data/totp-devices";
import { findUser, lockUser } from "@/lib/data/users";
import { notFound } from "@/lib/domain/errors";
import { isSelf } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { deviceNote } from "./device-of-user";
import { makeDevice, reseedDevice } from "./make-device";

/** The console's way to begin: a device with a fresh seed, whether an earlier try was given up or not. */
export const beginEnrolment = mutation({
  name: "beginEnrolment",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  duringEnrolment: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: isSelf,
  lock: (tx, { input }) => lockUser(tx, input.userId),
  run: async (tx, { loaded: user }) => {
    const former = await findTotpDevice(tx, user.id);
    const begun = await (former ? reseedDevice(tx, user, former) : makeDevice(tx, user));
    if (!begun) throw notFound();
    return begun;
  },
  audit: ({ loaded: user, output }) => deviceNote({ user }, output?.device.id ?? ""),
});
