import "server-only";
import { databaseTime, type Tx } from "@/lib/data/db";
import type { UserRow } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { addressOf } from "@/lib/domain/mail/recipient";

import { enqueueMail } from "../mail/enqueue";

/** Queues the mail that tells a person of a second factor that came or went. */
export async function tellOfSecondFactor(
  tx: Tx,
  user: UserRow,
  { address, client }: RequestOrigin,
  isOn: boolean,
): Promise<void> {
  const recipient = addressOf(user);
  if (recipient === undefined) return;
  await enqueueMail(tx, {
    template: "second_factor_changed",
    userId: user.id,
    recipient,
    values: {
      userName: user.name,
      isOn,
      at: (await databaseTime(tx)).toISOString(),
      address,
      client,
    },
  });
}
