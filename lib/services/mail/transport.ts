import "server-only";
import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { createTransport, type SendMailOptions } from "nodemailer";
import type { Logger } from "pino";

import { isLoopback } from "@/lib/config/allowed-hosts";
import { makeFolder } from "@/lib/config/make-folder";
import type { Runtime } from "@/lib/config/runtime";
import type { Recipient } from "@/lib/domain/mail/recipient";

export interface OutgoingMail {
  /** The row's id: every attempt at one mail carries the same Message-ID. */
  readonly id: string;
  readonly writtenAt: Date;
  readonly recipient: Recipient;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mails on, or rejects. `signal` ends an attempt; it may then have succeeded all the same. */
export interface MailTransport {
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
}

/** The operator's mail server, or files where none is configured. */
export function configuredTransport({ env, log }: Runtime): MailTransport {
  return env.smtpUrl === undefined
    ? fileTransport({ directory: join(env.dataDir, "mail"), from: env.mailFrom, log })
    : smtpTransport({ url: env.smtpUrl, from: env.mailFrom });
}

export function smtpTransport({ url, from }: { url: string; from: string }): MailTransport {
  const transporter = createTransport({
    url,
    requireTLS: carriesPassword(url),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  return {
    send: async (mail, signal) => {
      await transporter.sendMail({ ...messageOf(mail, from), signal });
    },
  };
}

/** Writes each mail to a file that only the operator can read, complete or not at all, and logs where it is. */
export function fileTransport({
  directory,
  from,
  log,
}: {
  directory: string;
  from: string;
  log: Logger;
}): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    send: async (mail, signal) => {
      const { message } = await composer.sendMail({ ...messageOf(mail, from), signal });
      const path = join(
        directory,
        `${mail.writtenAt.toISOString().replaceAll(":", "-")}-${mail.id}.eml`,
      );
      await writePrivately(
        directory,
        path,
        Buffer.isBuffer(message) ? message : await buffer(message),
      );
      log.info({ path }, "mail written to a file, because SMTP_URL is not set");
    },
  };
}

function messageOf(
  { id, writtenAt, recipient, subject, text, html }: OutgoingMail,
  from: string,
): SendMailOptions {
  return {
    from,
    to: { name: "", address: recipient },
    subject,
    text,
    html,
    date: writtenAt,
    messageId: `<${id}@${domainOf(from)}>`,
    // RFC 3834: out-of-office programs do not answer it.
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

async function writePrivately(directory: string, path: string, content: Buffer): Promise<void> {
  makeFolder(directory, 0o700);
  const unfinished = join(directory, `.${randomUUID()}.part`);
  try {
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Our password for a mail server never crosses a network in clear, even where somebody strips STARTTLS. */
function carriesPassword(url: string): boolean {
  const { username, password, hostname } = new URL(url);
  return (username !== "" || password !== "") && !isLoopback(hostname);
}

function domainOf(from: string): string {
  return /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "latchkey.invalid";
}
