import "server-only";
import { z } from "zod";

import { updateTotpDevice } from "@/lib/data/totp-devices";
import { AppError } from "@/lib/domain/errors";
import { isSelf } from "@/lib/domain/policy";
import { totpPlace } from "@/lib/domain/sealed-place";
import { presentTotpDevice } from "@/lib/domain/second-factor/present";
import { random } from "@/lib/secrets/random";
import { seedBytes, totpSeed } from "@/lib/secrets/totp";

import { sealSecret } from "../master-key/sealing";
import { mutation } from "../use-case";
import { deviceInput, deviceNote, lockDeviceOfUser } from "./device-of-user";

/**
 * A new seed for a device that is not activated; the former one is worth nothing. Throws `conflict` for one that is:
 * a second factor never changes into one that nobody has proved to hold.
 */
export const generateTotpSeed = mutation({
  name: "generateTotpSeed",
  input: z.strictObject(deviceInput),
  stepUp: true,
  load: lockDeviceOfUser,
  authorize: (caller, { user }) => isSelf(caller, user),
  version: ({ device }) => device.version,
  run: async (tx, { loaded: { user, device } }) => {
    if (device.activatedAt !== null)
      throw new AppError("conflict", "This authenticator app is in use. Remove it to begin anew.");
    const seed = totpSeed(random(seedBytes));
    const sealedSeed = await sealSecret(tx, seed, totpPlace(user.tenancyId, device));
    const changed = await updateTotpDevice(tx, device.id, { sealedSeed });
    return { secret: seed, device: presentTotpDevice(changed) };
  },
  audit: ({ loaded, input }) => deviceNote(loaded, input.deviceId),
});
