import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { insertTotpDevice } from "@/lib/data/totp-devices";
import { lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { makeOcid } from "@/lib/domain/ocid";
import { isSelf } from "@/lib/domain/policy";
import { totpPlace } from "@/lib/domain/sealed-place";
import { presentTotpDevice } from "@/lib/domain/second-factor/present";
import { random } from "@/lib/secrets/random";
import { seedBytes, totpSeed } from "@/lib/secrets/totp";

import { sealSecret } from "../master-key/sealing";
import { mutation } from "../use-case";
import { deviceNote } from "./device-of-user";

/**
 * Gives the caller an authenticator app that is not activated yet. Its seed is in the result and nowhere else. Throws
 * `conflict` for a second one. Only for oneself: nobody can bind an app to another person (product.md 3.6).
 */
export const createTotpDevice = mutation({
  name: "createTotpDevice",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => lockUser(tx, userId),
  authorize: isSelf,
  run: async (tx, { loaded: user }) => {
    if (user.kind !== "local")
      throw new AppError(
        "invalid_input",
        "Only a user who signs in with a console password has a second factor here.",
      );
    const seed = totpSeed(random(seedBytes));
    const place = {
      userId: user.id,
      id: makeOcid("mfatotpdevice", runtime().tenancy.realm, random),
    };
    const sealedSeed = await sealSecret(tx, seed, totpPlace(user.tenancyId, place));
    const made = await insertTotpDevice(tx, { ...place, sealedSeed });
    if (!made)
      throw new AppError(
        "conflict",
        "There is an authenticator app already. Remove it to set up another one.",
      );
    return { secret: seed, device: presentTotpDevice(made) };
  },
  audit: ({ loaded: user, output }) => deviceNote({ user }, output?.device.id ?? ""),
});
