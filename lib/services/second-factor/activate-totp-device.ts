import "server-only";
import { z } from "zod";

import { databaseTime } from "@/lib/data/db";
import { endSessions } from "@/lib/data/sessions";
import { updateTotpDevice } from "@/lib/data/totp-devices";
import { lockUser, updateUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { isSelf } from "@/lib/domain/policy";
import { totpPlace } from "@/lib/domain/sealed-place";
import { presentTotpDevice } from "@/lib/domain/second-factor/present";
import { bareCode } from "@/lib/domain/second-factor/totp";
import { stepOfCode } from "@/lib/secrets/totp";

import { openSecret } from "../master-key/sealing";
import { mutation } from "../use-case";
import { deviceInput, deviceNote, findDeviceOfUser } from "./device-of-user";
import { giveRecoveryCodes } from "./recovery-codes";
import { tellOfSecondFactor } from "./tell";

/**
 * Makes the device the caller's second factor, by a first code from it. Every other session ends: whoever sits there has
 * not shown it. In the console the result holds recovery codes, once. Throws `invalid_input` for a wrong code.
 */
export const activateTotpDevice = mutation({
  name: "activateTotpDevice",
  input: z.strictObject({ ...deviceInput, code: z.string().max(100) }),
  stepUp: true,
  duringEnrolment: true,
  load: findDeviceOfUser,
  authorize: (caller, { user }) => isSelf(caller, user),
  lock: (tx, { input: { userId } }) => lockUser(tx, userId),
  version: ({ device }) => device.version,
  run: async (tx, { caller, input, loaded: { user, device } }) => {
    if (device.activatedAt !== null)
      throw new AppError("conflict", "This authenticator app is in use already.");
    const seed = openSecret(device.sealedSeed, totpPlace(user.tenancyId, device));
    const at = await databaseTime(tx);
    const usedStep = stepOfCode(seed, bareCode(input.code), { at, usedStep: null });
    if (usedStep === undefined) {
      const message =
        "This code is not right. Type the one that the app shows now; if it is refused again, check the clock of your phone.";
      throw new AppError("invalid_input", message, { fields: { code: message } });
    }
    const changed = await updateTotpDevice(tx, device.id, { activated: true, usedStep });
    await updateUser(tx, user.id, { hasSecondFactor: true });
    const { proof } = caller;
    const isInConsole = proof.type === "session";
    const kept = isInConsole ? { except: proof.sessionId } : {};
    const sessionsEnded = await endSessions(tx, user.id, kept);
    const secret = isInConsole ? (await giveRecoveryCodes(tx, user.id)).join("\n") : undefined;
    await tellOfSecondFactor(tx, user, caller.origin, true);
    return { device: presentTotpDevice(changed), secret, sessionsEnded };
  },
  audit: ({ loaded, input, output }) => ({
    ...deviceNote(loaded, input.deviceId),
    details: { sessionsEnded: output?.sessionsEnded ?? 0 },
  }),
});
