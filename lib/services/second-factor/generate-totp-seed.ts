import "server-only";
import { z } from "zod";

import { lockUser } from "@/lib/data/users";
import { isSelf } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { deviceInput, deviceNote, findDeviceOfUser } from "./device-of-user";
import { reseedDevice } from "./make-device";

/**
 * A new seed for a device that is not activated. Throws `conflict` for one that is: a second factor never changes into
 * one that nobody has proved to hold.
 */
export const generateTotpSeed = mutation({
  name: "generateTotpSeed",
  input: z.strictObject(deviceInput),
  stepUp: true,
  load: findDeviceOfUser,
  authorize: (caller, { user }) => isSelf(caller, user),
  lock: (tx, { input: { userId } }) => lockUser(tx, userId),
  version: ({ device }) => device.version,
  run: (tx, { loaded: { user, device } }) => reseedDevice(tx, user, device),
  audit: ({ loaded, input }) => deviceNote(loaded, input.deviceId),
});
