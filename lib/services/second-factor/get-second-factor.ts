import "server-only";
import { z } from "zod";

import { countRecoveryCodes } from "@/lib/data/recovery-codes";
import { findTotpDevice } from "@/lib/data/totp-devices";
import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** What a user's second factor is made of; null where the password alone signs in. */
export const getSecondFactor = query({
  name: "getSecondFactor",
  input: z.strictObject({ userId: z.string() }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "ListMfaTotpDevices", { user }),
  run: async (tx, { loaded: user }) => {
    const device = user.hasSecondFactor ? await findTotpDevice(tx, user.id) : undefined;
    if (!device || device.activatedAt === null) return null;
    return {
      enabledAt: device.activatedAt.toISOString(),
      recoveryCodes: await countRecoveryCodes(tx, user.id),
    };
  },
});
