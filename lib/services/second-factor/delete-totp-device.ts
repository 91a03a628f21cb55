import "server-only";
import { z } from "zod";

import { lockUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { deviceInput, deviceNote, findDeviceOfUser } from "./device-of-user";
import { removeSecondFactor } from "./remove-second-factor";
import { tellOfSecondFactor } from "./tell";

/** Ends a device, and with it the second factor. For its owner, and for whoever may take it from them. */
export const deleteTotpDevice = mutation({
  name: "deleteTotpDevice",
  input: z.strictObject(deviceInput),
  stepUp: true,
  load: findDeviceOfUser,
  authorize: (caller, { user }) => may(caller, "DeleteMfaTotpDevice", { user }),
  lock: (tx, { input: { userId } }) => lockUser(tx, userId),
  concerns: ({ user }) => user,
  version: ({ device }) => device.version,
  run: async (tx, { caller, loaded: { user } }) => {
    await removeSecondFactor(tx, user);
    if (caller.userId === user.id && user.hasSecondFactor)
      await tellOfSecondFactor(tx, user, caller.origin, false);
    return { id: user.id };
  },
  audit: ({ loaded, input }) => ({
    ...deviceNote(loaded, input.deviceId),
    details: { isActivated: loaded.device.activatedAt !== null },
  }),
});
