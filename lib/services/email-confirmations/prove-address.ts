import "server-only";
import type { Tx } from "@/lib/data/db";
import { updateUser, type UserRow } from "@/lib/data/users";
import { addressOf, type Recipient } from "@/lib/domain/mail/recipient";
import { emailKey } from "@/lib/domain/users/email";

import { enqueueMail } from "../mail/enqueue";
import { endLink } from "../mailed-links/send-link";

/** Notes that whom a user's mails reach has followed a link in one: from now on all mail goes to that address. */
export async function proveAddress(tx: Tx, user: UserRow): Promise<void> {
  await endLink(tx, "email-confirmation", user.id);
  if (user.emailVerified) return;
  const proven = await updateUser(tx, user.id, { emailVerified: true, provenEmail: null });
  const former = user.provenEmail === null ? undefined : addressOf(user);
  if (former !== undefined) await tellFormerAddress(tx, proven, former);
}

/** Tells the address that a user's mail went to that it goes, or shall go, to another one. */
export async function tellFormerAddress(
  tx: Tx,
  user: UserRow,
  recipient: Recipient,
): Promise<void> {
  await enqueueMail(tx, {
    template: "email_changed",
    userId: user.id,
    recipient,
    values: {
      userName: user.name,
      newEmail: user.email,
      isInForce: !isStillInForce(user, recipient),
    },
  });
}

function isStillInForce(user: UserRow, former: Recipient): boolean {
  const now = addressOf(user);
  return now !== undefined && emailKey(now) === emailKey(former);
}
