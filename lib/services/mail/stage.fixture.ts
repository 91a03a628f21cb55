import type { AddressInfo } from "node:net";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { expect, vi } from "vitest";

import { parseEnv } from "@/lib/config/env";
import { runtime, startRuntime } from "@/lib/config/runtime";
import { createPool, databaseOn, transaction } from "@/lib/data/db";
import { insertUser } from "@/lib/data/users";
import { ensureTenancy } from "@/lib/data/tenancies";
import { openMasterKey } from "@/lib/services/master-key/open-master-key";
import { createTestDatabase } from "@/lib/testing/database";

import { enqueueMail } from "./enqueue";
import { smtpTransport } from "./transport";
import { type MailWorker, type MailWorkerOptions, startMailWorker } from "./worker";

export const consoleUrl = "https://latchkey.example";

/** A runtime over a database of its own, as `server.ts` would build it; what is logged is kept for the test to read. */
export async function setStage() {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-mail-"));
  const logged: string[] = [];
  const masterKey = randomBytes(32).toString("base64");
  const pool = createPool(database.url, { restricted: true });
  pool.on("error", () => undefined);
  const tenancy = {
    id: "ocid1.tenancy.local..mail",
    name: "latchkey",
    realm: "local",
    region: "us-ashburn-1",
  };
  const env = parseEnv({
    NODE_ENV: "test",
    LATCHKEY_URL: consoleUrl,
    LATCHKEY_DATA: dataDir,
    LATCHKEY_MASTER_KEY: masterKey,
    MAIL_FROM: "Latchkey <latchkey@latchkey.example>",
  });
  const keys = await databaseOn(pool).transaction((tx) => openMasterKey(tx, env));
  startRuntime({
    env,
    log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
    pool,
    ...keys,
    tenancy,
    metrics: new Registry(),
    singles: new Map(),
  });
  await transaction((tx) => ensureTenancy(tx, tenancy));
  return {
    database,
    dataDir,
    logged,
    tenancy,
    masterKey,
    strike: async () => {
      await pool.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function makeUser(
  name: string,
  given: { email?: string | null; kind?: "local" | "federated"; capabilities?: object } = {},
) {
  const email = given.email === undefined ? `${name}@example.com` : given.email;
  return transaction((tx) =>
    insertUser(tx, {
      id: `ocid1.user.local..${name}`,
      tenancyId: runtime().tenancy.id,
      kind: given.kind ?? "local",
      name,
      nameKey: name.toLowerCase(),
      description: "",
      email,
      emailKey: email,
      capabilities: given.capabilities ?? {},
      freeformTags: {},
      definedTags: {},
      createdBy: null,
    }),
  );
}

export interface Received {
  recipients: string[];
  message: string;
  messageId: string;
}

/** A real SMTP server on loopback that keeps what it accepts. Handlers given replace the accepting ones. */
export async function startMailServer(given: SMTPServerOptions = {}, at = 0) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const message = Buffer.concat(chunks).toString("latin1");
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        received.push({
          recipients,
          message,
          messageId: headersOf(message).get("message-id")?.[0] ?? "",
        });
        callback();
      });
    },
    ...given,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  const port = portOf(server.server.address());
  return {
    received,
    port,
    transport: smtpTransport({ url: `smtp://127.0.0.1:${port}`, from: runtime().env.mailFrom }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Header fields of a message, unfolded, by lower-case name in order of appearance. */
export function headersOf(message: string): Map<string, string[]> {
  const head = message.slice(0, message.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]+/g, " ");
  const fields = new Map<string, string[]>();
  for (const line of head.split("\r\n")) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), line.slice(line.indexOf(":") + 1).trim()]);
  }
  return fields;
}

/** The plain text of a message: its first part, decoded. */
export function plainTextOf(message: string): string {
  const [, boundary = ""] = /boundary="([^"]+)"/.exec(message) ?? [];
  const [, part = ""] = message.split(`--${boundary}\r\n`);
  const [head = "", ...body] = part.split("\r\n\r\n");
  const text = body.join("\r\n\r\n");
  if (/base64/i.test(head)) return Buffer.from(text, "base64").toString("utf8");
  if (!/quoted-printable/i.test(head)) return text;
  const joined = text
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(joined, "latin1").toString("utf8");
}

const working: MailWorker[] = [];

/**
 * A worker whose waits are milliseconds, so that hours of back-off pass in a test. Ten at once, because the test server
 * keeps each connection waiting for a tenth of a second.
 */
export function startQuickWorker(options: Partial<MailWorkerOptions>): MailWorker {
  const worker = startMailWorker({
    pollMilliseconds: 20,
    mostAtOnce: 10,
    backOffSeconds: () => 0.02,
    ...options,
  });
  working.push(worker);
  return worker;
}

export async function stopWorkers(): Promise<void> {
  await Promise.all(working.splice(0).map((worker) => worker.stop()));
}

export async function enqueueNotice(address: string, userName = "maria"): Promise<void> {
  const values = {
    userName,
    changedAt: new Date().toISOString(),
    address: "192.0.2.1",
    client: randomUUID(),
  };
  await transaction((tx) =>
    enqueueMail(tx, {
      template: "password_changed",
      userId: "ocid1.user.local..maria",
      recipient: address,
      values,
    }),
  );
}

export const address = (index: number) => `user${index}@example.com`;

export const enqueueMany = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => enqueueNotice(address(index))));

export const ids = (received: Received[]) => new Set(received.map(({ messageId }) => messageId));

/** The machine may be busy: waits are generous, and end as soon as they can. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 15_000, interval: 20 });
}

export interface StoredMail {
  id: string;
  template: string;
  attempts: number;
  sealed_values: string | null;
  sent_at: Date | null;
  given_up_at: Date | null;
  leased_until: Date | null;
  last_problem: string | null;
}

export async function storedMails(): Promise<StoredMail[]> {
  const { rows } = await runtime().pool.query<StoredMail>(
    "select id, template, attempts, sealed_values, sent_at, given_up_at, leased_until, last_problem from mails order by created_at",
  );
  return rows;
}

/** Waits until no mail is open, at most twenty seconds. */
export async function settled(): Promise<StoredMail[]> {
  await vi.waitFor(
    async () =>
      expect(
        (await storedMails()).filter((mail) => mail.sent_at === null && mail.given_up_at === null),
      ).toEqual([]),
    { timeout: 20_000, interval: 20 },
  );
  return storedMails();
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string")
    throw new Error("The server does not listen on a port.");
  return address.port;
}
