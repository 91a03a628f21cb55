import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { recipientOf } from "@/lib/domain/mail/recipient";

import { enqueueMail } from "./enqueue";
import {
  consoleUrl,
  enqueueNotice,
  headersOf,
  plainTextOf,
  setStage,
  settled,
  startMailServer,
  startQuickWorker,
  stopWorkers,
  storedMails,
} from "./stage.fixture";

let stage: Awaited<ReturnType<typeof setStage>>;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.strike());
beforeEach(() => runtime().pool.query("delete from mails"));
afterEach(stopWorkers);

const ourHeaders = [
  "auto-submitted",
  "content-type",
  "date",
  "from",
  "message-id",
  "mime-version",
  "subject",
  "to",
];

const hostileText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 120 }),
  fc.constantFrom(
    "maria\r\nBcc: eve@example.com",
    "maria\nX-Evil: 1",
    "maria\r\n\r\n<script>alert(1)</script>",
    "=?utf-8?Q?maria=0D=0ABcc:_eve@example.com?=",
    "\u202Emaria\u2028Bcc: eve",
    "https://evil.example/reset",
    '"><a href="https://evil.example">',
  ),
);

const hostileAddress = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => `maria${text}@example.com`),
  fc
    .constantFrom(
      ",",
      ";",
      "\r\n",
      "\u0000",
      "<",
      ">",
      " ",
      '"',
      "\uFF0C",
      "\uFF1C",
      "\uFE50",
      "\u2028",
      "(x)",
      "\\",
    )
    .chain((mark) =>
      fc.constantFrom(
        `a@example.com${mark}b@example.com`,
        `a${mark}b@example.com`,
        `"a${mark}"@example.com`,
      ),
    ),
  fc.emailAddress(),
);

describe("on the wire", () => {
  it("600 hostile addresses and names: one recipient, one To, no header but ours, no foreign link", async () => {
    const server = await startMailServer();
    let queued = 0;
    await fc.assert(
      fc.asyncProperty(hostileAddress, hostileText, async (address, name) => {
        const queueing = enqueueNotice(address, name.replaceAll("\u0000", ""));
        if (recipientOf(address) === undefined) {
          await expect(queueing).rejects.toThrow("not one mailbox");
        } else {
          await queueing;
          queued += 1;
        }
      }),
      { numRuns: 600 },
    );
    startQuickWorker({ transport: server.transport });
    await settled();
    await stopWorkers();
    expect(queued).toBeGreaterThan(50);
    expect(server.received).toHaveLength(queued);
    for (const { recipients, message } of server.received) {
      const headers = headersOf(message);
      expect(recipients).toHaveLength(1);
      expect(headers.get("to")).toEqual(recipients);
      expect([...headers.keys()].sort()).toEqual(ourHeaders);
      expect([...headers.values()].every((values) => values.length === 1)).toBe(true);
      expect(message).not.toContain('href="https://evil');
    }
    await server.close();
  });

  it("a row that somebody else wrote is judged again: nothing hits the wire", async () => {
    const server = await startMailServer();
    const values = JSON.stringify({
      userName: "maria",
      changedAt: new Date().toISOString(),
      address: "a",
      client: "b",
    });
    const forged = [
      "a@example.com,b@example.com",
      "a@example.com\r\nRCPT TO:<b@example.com>",
      "",
      "<a@example.com>",
    ];
    for (const recipient of forged) {
      await runtime().pool.query(
        'insert into mails (template, recipient, "values") values ($1, $2, $3)',
        ["password_changed", recipient, values],
      );
    }
    await runtime().pool.query(
      'insert into mails (template, recipient, "values") values ($1, $2, $3)',
      ["toString", "a@example.com", values],
    );
    await runtime().pool.query("insert into mails (template, recipient) values ($1, $2)", [
      "password_changed",
      "a@example.com",
    ]);
    startQuickWorker({ transport: server.transport });
    const rows = await settled();
    expect(rows.map((row) => row.last_problem)).toEqual(
      rows.map(() => "It cannot be written from what was stored."),
    );
    expect(rows).toHaveLength(6);
    expect(server.received).toHaveLength(0);
    await server.close();
  });

  it("a sealed password that was moved to another row is not sent", async () => {
    const server = await startMailServer();
    for (const name of ["maria", "eve"]) await enqueueTemporary(name);
    await runtime().pool.query(
      "update mails set sealed_values = (select sealed_values from mails where recipient = 'maria@example.com')",
    );
    startQuickWorker({ transport: server.transport });
    await settled();
    expect(server.received.map(({ recipients }) => recipients)).toEqual([["maria@example.com"]]);
    await server.close();
  });
});

describe("a temporary password", () => {
  it("is nowhere in the table in clear, arrives, and is gone from the table afterwards", async () => {
    const server = await startMailServer();
    await enqueueTemporary("maria");
    const waiting = JSON.stringify(await everything());
    expect(waiting).toContain("v1.");
    expect(waiting).not.toContain("Abcd-efgh");
    startQuickWorker({ transport: server.transport });
    const [row] = await settled();
    expect(row?.sealed_values).toBeNull();
    expect(JSON.stringify(await everything())).not.toContain("v1.");
    const text = plainTextOf(server.received[0]?.message ?? "");
    expect(text).toContain("Abcd-efgh-jkmn-pqrt9");
    expect(text).toContain(`${consoleUrl}/sign-in`);
    expect(stage.logged.join("")).not.toContain("Abcd-efgh");
    await server.close();
  });
});

describe("without a mail server", () => {
  it("each mail is one file that only the operator can read, and its path is logged", async () => {
    await enqueueNotice("maria@example.com");
    await enqueueNotice("eve@example.com");
    startQuickWorker({});
    await settled();
    const directory = join(stage.dataDir, "mail");
    const names = await readdir(directory);
    expect(names).toHaveLength(2);
    const ids = (await storedMails()).map(({ id }) => id);
    for (const name of names) {
      const path = join(directory, name);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      const headers = headersOf(await readFile(path, "latin1"));
      expect([...headers.keys()].sort()).toEqual(ourHeaders);
      const id = ids.find((each) => name.endsWith(`-${each}.eml`));
      expect(headers.get("message-id")).toEqual([`<${id}@latchkey.example>`]);
      expect(stage.logged.some((line) => line.includes(name))).toBe(true);
    }
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });
});

async function enqueueTemporary(name: string): Promise<void> {
  await transaction((tx) =>
    enqueueMail(tx, {
      template: "temporary_password",
      userId: `ocid1.user.local..${name}`,
      recipient: `${name}@example.com`,
      values: { userName: name, requestedFrom: "192.0.2.1" },
      secretValues: { temporaryPassword: "Abcd-efgh-jkmn-pqrt9" },
    }),
  );
}

async function everything(): Promise<unknown[]> {
  const { rows } = await runtime().pool.query<{ row: unknown }>(
    "select to_jsonb(mails) as row from mails",
  );
  return rows;
}
