import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import type { UserRow } from "@/lib/data/users";
import { enteredAddressOf } from "@/lib/domain/mail/recipient";

import { endLink, sendLink } from "../mailed-links/send-link";

/**
 * Mails the link that confirms the address of a user, and ends an earlier one. Does the latter alone where there is
 * nothing to confirm.
 */
export async function sendConfirmation(tx: Tx, user: UserRow): Promise<void> {
  const recipient = enteredAddressOf(user);
  if (recipient === undefined || user.emailVerified)
    return endLink(tx, "email-confirmation", user.id);
  const values = { userName: user.name, tenancyName: runtime().tenancy.name };
  const to = { userId: user.id, recipient };
  await sendLink(tx, "email-confirmation", to, (secretValues) => ({
    template: "email_confirmation",
    values,
    secretValues,
  }));
}
