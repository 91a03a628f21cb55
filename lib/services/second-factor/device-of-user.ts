import "server-only";
import { z } from "zod";

import type { Tx } from "@/lib/data/db";
import { findTotpDevice, type TotpDeviceRow } from "@/lib/data/totp-devices";
import { findUser, type UserWithGroups } from "@/lib/data/users";

/** What names a device: its owner and itself. */
export const deviceInput = { userId: z.string(), deviceId: z.string() };

interface DeviceOfUser {
  readonly user: UserWithGroups;
  readonly device: TotpDeviceRow;
}

/** The device within its owner; undefined when either is not there. */
export async function findDeviceOfUser(
  tx: Tx,
  { userId, deviceId }: { userId: string; deviceId: string },
): Promise<DeviceOfUser | undefined> {
  const user = await findUser(tx, userId);
  const device = user && (await findTotpDevice(tx, user.id));
  return user && device?.id === deviceId ? { user, device } : undefined;
}

/** What the audit trail says an act on a device is about. */
export function deviceNote({ user }: Pick<DeviceOfUser, "user">, deviceId: string) {
  return { owner: user, subject: { type: "totp_device", id: deviceId, name: "" } };
}
