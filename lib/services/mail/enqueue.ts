import "server-only";
import { randomUUID } from "node:crypto";

import { insertMail } from "@/lib/data/mails";
import type { Tx } from "@/lib/data/db";
import { type MailContent, mailTemplates } from "@/lib/domain/mail/templates";
import { recipientOf } from "@/lib/domain/mail/recipient";

import { sealMailSecrets } from "./secrets";
import { wakeMailWorkerSoon } from "./wake";

export type NewMail = MailContent & {
  readonly userId: string;
  /** The address as it stands on the user's row. */
  readonly recipient: string;
  /** After so many seconds the mail is worth nothing and is not sent any more. */
  readonly lifetimeSeconds?: number;
};

/**
 * Queues a mail in the transaction of the change it tells of: it is sent if and only if that commits. Nothing is sent
 * here, so that a mail server that is away delays nobody. Throws when the recipient is not exactly one mailbox or the
 * values are not the template's: both are bugs of the caller.
 */
export async function enqueueMail(tx: Tx, mail: NewMail): Promise<void> {
  const { template, userId } = mail;
  const recipient = recipientOf(mail.recipient);
  if (recipient === undefined)
    throw new Error("A mail was queued for something that is not one mailbox.");
  const id = randomUUID();
  const secrets = mailTemplates[template].secretValues.parse(mail.secretValues ?? {});
  await insertMail(tx, {
    id,
    template,
    userId,
    recipient,
    values: mailTemplates[template].values.parse(mail.values),
    sealedValues: await sealMailSecrets(tx, secrets, { id, userId }),
    lifetimeSeconds: mail.lifetimeSeconds ?? null,
  });
  wakeMailWorkerSoon();
}
