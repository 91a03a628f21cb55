import "server-only";

import { runtime } from "@/lib/config/runtime";
import type { LeasedMail } from "@/lib/data/mails";
import { leakReportTemplate } from "@/lib/domain/leaks/leak-report";
import { passwordRequestTemplate } from "@/lib/domain/mail/password-request";
import { recipientOf } from "@/lib/domain/mail/recipient";
import { expiryNoticeTemplate, isMailTemplate, writeMail } from "@/lib/domain/mail/templates";
import { isNoticeTrue } from "@/lib/services/credentials/announce-expiries";
import { endReported } from "@/lib/services/leaks/end-reported";
import { grantTemporaryPassword } from "@/lib/services/passwords/grant-temporary-password";

import { problemOf } from "./problem";
import { openMailSecrets } from "./secrets";
import type { MailTransport, OutgoingMail } from "./transport";

/** How an attempt ended. `unneeded`: a request that no mail answers, or that has been done. */
export type Outcome =
  | { readonly type: "sent" }
  | { readonly type: "unneeded" }
  | { readonly type: "postponed"; readonly problem: string }
  | { readonly type: "given_up"; readonly problem: string };

/** One attempt at a leased mail. Never throws for what the mail server does; the row is settled by the caller. */
export async function deliver(
  lease: LeasedMail,
  transport: MailTransport,
  signal: AbortSignal,
): Promise<Outcome> {
  if (lease.isExpired) return { type: "given_up", problem: "It expired before it could be sent." };
  if (lease.template === leakReportTemplate) {
    await endReported(lease);
    return { type: "unneeded" };
  }
  if (lease.template === expiryNoticeTemplate && !(await isNoticeTrue(lease)))
    return { type: "unneeded" };
  const mail =
    lease.template === passwordRequestTemplate ? await grantTemporaryPassword(lease) : lease;
  if (mail === undefined) return { type: "unneeded" };
  const outgoing = write(mail);
  if (outgoing === undefined)
    return { type: "given_up", problem: "It cannot be written from what was stored." };
  try {
    await transport.send(outgoing, signal);
    return { type: "sent" };
  } catch (error) {
    const { problem, isPermanent } = problemOf(error);
    return { type: isPermanent ? "given_up" : "postponed", problem };
  }
}

/** Judges the row anew: whoever can write to the table must not get to address a message. */
function write(mail: LeasedMail): OutgoingMail | undefined {
  const { id, template, values, createdAt } = mail;
  const recipient = recipientOf(mail.recipient);
  if (recipient === undefined || !isMailTemplate(template)) return undefined;
  const { env, log } = runtime();
  try {
    const secretValues = openMailSecrets(mail.sealedValues, mail);
    return {
      id,
      recipient,
      writtenAt: createdAt,
      ...writeMail({ template, values, secretValues }, { consoleUrl: env.url }),
    };
  } catch (error) {
    log.error(
      { mail: id, template, reason: error instanceof Error ? error.name : "unknown" },
      "a queued mail cannot be written",
    );
    return undefined;
  }
}
