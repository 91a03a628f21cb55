import "server-only";
import { z } from "zod";

import { findTotpDevice } from "@/lib/data/totp-devices";
import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";
import { presentTotpDevice } from "@/lib/domain/second-factor/present";

import { pageFields, pageOf, pageRequest, sortFields } from "../paged";
import { query } from "../use-case";

/** A user's authenticator app: one or none, and activated or not. */
export const listTotpDevices = query({
  name: "listTotpDevices",
  input: z.strictObject({ userId: z.string(), ...pageFields, ...sortFields }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "ListMfaTotpDevices", { user }),
  run: async (tx, { caller, input: { userId, ...page }, loaded: user }) => {
    const request = pageRequest(page, { list: "totpDevices", userId }, caller);
    const device = request.after ? undefined : await findTotpDevice(tx, user.id);
    return pageOf(device ? [device] : [], request, presentTotpDevice);
  },
});
