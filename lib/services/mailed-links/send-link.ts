import "server-only";
import type { Tx } from "@/lib/data/db";
import { deleteLink, type LinkPurpose, upsertLink } from "@/lib/data/mailed-links";
import { giveUpWaitingMails } from "@/lib/data/mails";
import { durations } from "@/lib/domain/durations";
import type { Recipient } from "@/lib/domain/mail/recipient";
import type { MailContent, MailTemplate } from "@/lib/domain/mail/templates";
import { emailKey } from "@/lib/domain/users/email";

import { enqueueMail } from "../mail/enqueue";
import { mintLinkToken } from "./token";

const links = {
  invitation: { template: "invitation", lifetimeSeconds: durations.invitation },
  "email-confirmation": {
    template: "email_confirmation",
    lifetimeSeconds: durations.emailConfirmation,
  },
} as const satisfies Record<LinkPurpose, { template: MailTemplate; lifetimeSeconds: number }>;

/** Mails a user a link that works once, and ends an earlier one. Call under the lock of the user. */
export async function sendLink(
  tx: Tx,
  purpose: LinkPurpose,
  { userId, recipient }: { userId: string; recipient: Recipient },
  mailWith: (secretValues: { token: string }) => MailContent,
): Promise<{ expiresAt: Date }> {
  const { lifetimeSeconds } = links[purpose];
  const { token, tokenHash } = mintLinkToken(purpose);
  await endLink(tx, purpose, userId);
  const link = { userId, tokenHash, emailKey: emailKey(recipient), lifetimeSeconds };
  const made = await upsertLink(tx, purpose, link);
  await enqueueMail(tx, { ...mailWith({ token }), userId, recipient, lifetimeSeconds });
  return made;
}

/** Ends the link that is out, if there is one, and the mail with it if it still waits. */
export async function endLink(tx: Tx, purpose: LinkPurpose, userId: string): Promise<void> {
  if (await deleteLink(tx, purpose, userId))
    await giveUpWaitingMails(tx, { userId, template: links[purpose].template });
}
