import "server-only";
import { z } from "zod";

import type { Tx } from "@/lib/data/db";
import { findTotpDevice, type TotpDeviceRow } from "@/lib/data/totp-devices";
import { findUser, lockUser, type UserWithGroups } from "@/lib/data/users";

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
  return deviceWithin(tx, await findUser(tx, userId), deviceId);
}

/** The same, its owner locked until the transaction ends. */
export async function lockDeviceOfUser(
  tx: Tx,
  { userId, deviceId }: { userId: string; deviceId: string },
): Promise<DeviceOfUser | undefined> {
  return deviceWithin(tx, await lockUser(tx, userId), deviceId);
}

async function deviceWithin(
  tx: Tx,
  user: UserWithGroups | undefined,
  deviceId: string,
): Promise<DeviceOfUser | undefined> {
  const device = user && (await findTotpDevice(tx, user.id));
  return user && device?.id === deviceId ? { user, device } : undefined;
}

/** What the audit trail says an act on a device is about. */
export function deviceNote({ user }: Pick<DeviceOfUser, "user">, deviceId: string) {
  return { owner: user, subject: { type: "totp_device", id: deviceId, name: "" } };
}
