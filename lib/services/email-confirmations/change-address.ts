import "server-only";
import type { Tx } from "@/lib/data/db";
import { takeProvenEmail, type UserChange, type UserRow } from "@/lib/data/users";
import { addressOf } from "@/lib/domain/mail/recipient";
import { emailKey } from "@/lib/domain/users/email";

import { tellFormerAddress } from "./prove-address";
import { sendConfirmation } from "./send-confirmation";

/** What another address, or none, is in the row of a user. Back to the last confirmed one needs no other proof. */
export function addressColumns(user: UserRow, email: string | null): UserChange {
  if (email === null)
    return { email: null, emailKey: null, emailVerified: false, provenEmail: null };
  const proven = user.emailVerified ? user.email : user.provenEmail;
  const key = emailKey(email);
  const isProven = proven !== null && emailKey(proven) === key;
  return {
    email,
    emailKey: key,
    emailVerified: isProven,
    provenEmail: isProven ? null : proven,
  };
}

/**
 * What follows a change of address: a link to confirm it, and word to where mail went before if its owner changed it
 * themselves. Whoever changes it for another is told of by the use case.
 */
export async function afterAddressChange(
  tx: Tx,
  { former, changed, isOwn }: { former: UserRow; changed: UserRow; isOwn: boolean },
): Promise<void> {
  await sendConfirmation(tx, changed);
  if (changed.email !== null) await takeProvenEmail(tx, changed.id, emailKey(changed.email));
  const recipient = addressOf(former);
  if (!isOwn || recipient === undefined) return;
  const isSameMailbox = changed.email !== null && emailKey(changed.email) === emailKey(recipient);
  if (!isSameMailbox) await tellFormerAddress(tx, changed, recipient);
}
