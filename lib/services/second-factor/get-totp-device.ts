import "server-only";
import { z } from "zod";

import { may } from "@/lib/domain/policy";
import { presentTotpDevice } from "@/lib/domain/second-factor/present";

import { query } from "../use-case";
import { deviceInput, findDeviceOfUser } from "./device-of-user";

export const getTotpDevice = query({
  name: "getTotpDevice",
  input: z.strictObject(deviceInput),
  load: findDeviceOfUser,
  authorize: (caller, { user }) => may(caller, "GetMfaTotpDevice", { user }),
  run: (_tx, { loaded: { device } }) => presentTotpDevice(device),
});
