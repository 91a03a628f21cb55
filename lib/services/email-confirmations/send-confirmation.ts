import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { deleteLink, upsertLink } from "@/lib/data/mailed-links";
import { giveUpWaitingMails } from "@/lib/data/mails";
import type { UserRow } from "@/lib/data/users";
import { durations } from "@/lib/domain/durations";
import { enteredAddressOf } from "@/lib/domain/mail/recipient";
import { emailKey } from "@/lib/domain/users/email";

import { enqueueMail } from "../mail/enqueue";
import { mintLinkToken } from "../mailed-links/token";

const template = "email_confirmation";

/**
 * Mails the link that confirms the address of a user, and ends an earlier one. Does the latter alone where there is
 * nothing to confirm.
 */
export async function sendConfirmation(tx: Tx, user: UserRow): Promise<void> {
  await endConfirmation(tx, user.id);
  const recipient = enteredAddressOf(user);
  if (recipient === undefined || user.emailVerified) return;
  const { token, tokenHash } = mintLinkToken("email-confirmation");
  const lifetimeSeconds = durations.emailConfirmation;
  await upsertLink(tx, "email-confirmation", {
    userId: user.id,
    tokenHash,
    emailKey: emailKey(recipient),
    lifetimeSeconds,
  });
  await enqueueMail(tx, {
    template,
    userId: user.id,
    recipient,
    values: { userName: user.name, tenancyName: runtime().tenancy.name },
    secretValues: { token },
    lifetimeSeconds,
  });
}

/** Ends the link that is out, if there is one, and the mail with it if it still waits. */
export async function endConfirmation(tx: Tx, userId: string): Promise<void> {
  if (await deleteLink(tx, "email-confirmation", userId))
    await giveUpWaitingMails(tx, { userId, template });
}
