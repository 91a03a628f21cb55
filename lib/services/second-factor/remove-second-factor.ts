import "server-only";
import type { Tx } from "@/lib/data/db";
import { replaceRecoveryCodes } from "@/lib/data/recovery-codes";
import { deleteTotpDevice } from "@/lib/data/totp-devices";
import { updateUser, type UserRow } from "@/lib/data/users";

/** Takes away all that a user's second factor is made of. */
export async function removeSecondFactor(
  tx: Tx,
  user: Pick<UserRow, "id" | "hasSecondFactor">,
): Promise<void> {
  await deleteTotpDevice(tx, user.id);
  await replaceRecoveryCodes(tx, user.id, []);
  if (user.hasSecondFactor) await updateUser(tx, user.id, { hasSecondFactor: false });
}
