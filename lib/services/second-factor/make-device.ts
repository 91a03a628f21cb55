import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { insertTotpDevice, type TotpDeviceRow, updateTotpDevice } from "@/lib/data/totp-devices";
import type { UserRow } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { makeOcid } from "@/lib/domain/ocid";
import { totpPlace } from "@/lib/domain/sealed-place";
import { presentTotpDevice, type TotpDeviceView } from "@/lib/domain/second-factor/present";
import { random } from "@/lib/secrets/random";
import { seedBytes, totpSeed } from "@/lib/secrets/totp";

import { sealSecret } from "../master-key/sealing";

/** A device with its new seed, which is shown this once. */
export interface SeededDevice {
  readonly secret: string;
  readonly device: TotpDeviceView;
}

/** A device for somebody who has none; undefined for whoever has one. */
export async function makeDevice(tx: Tx, user: UserRow): Promise<SeededDevice | undefined> {
  if (user.kind !== "local")
    throw new AppError(
      "invalid_input",
      "Only a user who signs in with a console password has a second factor here.",
    );
  const place = { userId: user.id, id: makeOcid("mfatotpdevice", runtime().tenancy.realm, random) };
  const { seed, sealedSeed } = await newSeed(tx, user, place);
  const made = await insertTotpDevice(tx, { ...place, sealedSeed });
  return made && { secret: seed, device: presentTotpDevice(made) };
}

/** A new seed for a device; the former one is worth nothing. Throws `conflict` for one that is in use. */
export async function reseedDevice(
  tx: Tx,
  user: UserRow,
  device: TotpDeviceRow,
): Promise<SeededDevice> {
  if (device.activatedAt !== null)
    throw new AppError("conflict", "This authenticator app is in use. Remove it to begin anew.");
  const { seed, sealedSeed } = await newSeed(tx, user, device);
  const changed = await updateTotpDevice(tx, device.id, { sealedSeed });
  return { secret: seed, device: presentTotpDevice(changed) };
}

async function newSeed(tx: Tx, user: UserRow, place: { userId: string; id: string }) {
  const seed = totpSeed(random(seedBytes));
  return { seed, sealedSeed: await sealSecret(tx, seed, totpPlace(user.tenancyId, place)) };
}
