import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { findConsolePasswords, upsertConsolePassword } from "@/lib/data/console-passwords";
import { reading, transaction } from "@/lib/data/db";
import { blockUser, updateUser } from "@/lib/data/users";
import { hashPassword, verifyPassword } from "@/lib/secrets/hash-password";
import {
  eventually,
  makeUser,
  plainTextOf,
  setStage,
  settled,
  startMailServer,
  startQuickWorker,
  stopWorkers,
  storedMails,
} from "@/lib/services/mail/stage.fixture";

import { requestTemporaryPassword } from "./request-temporary-password";

let stage: Awaited<ReturnType<typeof setStage>>;
let server: Awaited<ReturnType<typeof startMailServer>>;
beforeAll(async () => {
  stage = await setStage();
  server = await startMailServer();
});
afterAll(async () => {
  await server.close();
  await stage.strike();
});
beforeEach(async () => {
  server.received.length = 0;
  await runtime().pool.query("delete from mails");
  await runtime().pool.query("delete from rate_limits");
});
afterEach(stopWorkers);

const originOf = (address: string) => ({ requestId: "r", address, client: "Firefox" });
const origin = originOf("192.0.2.7");
const ask = (userName: string, from = origin) => requestTemporaryPassword(from, { userName });
const work = async () => {
  startQuickWorker({ transport: server.transport });
  return settled();
};
const passwordIn = (message: string) => /^ {4}(\S{20,})\r?$/m.exec(plainTextOf(message))?.[1] ?? "";

it("a known name gets a mail with a password that verifies; the old one is untouched and the event written", async () => {
  const user = await makeUser("Maria");
  const verifier = await hashPassword("Old-password-1");
  await transaction((tx) =>
    upsertConsolePassword(tx, {
      userId: user.id,
      slot: "main",
      verifier,
      mustChange: false,
      lifetimeSeconds: null,
      createdByName: null,
    }),
  );
  await ask("  mARIA ");
  const [row] = await work();
  expect(row).toMatchObject({ template: "temporary_password", sealed_values: null });
  const [mail] = server.received;
  const password = passwordIn(mail?.message ?? "");
  const stored = await reading((tx) => findConsolePasswords(tx, user.id));
  const temporary = stored.find(({ slot }) => slot === "temporary");
  expect(mail?.recipients).toEqual(["Maria@example.com"]);
  expect(await verifyPassword(temporary?.verifier, password)).toBe(true);
  expect(temporary).toMatchObject({ mustChange: true, isExpired: false });
  expect(await hoursLeft(user.id)).toBeCloseTo(24, 1);
  expect(stored.find(({ slot }) => slot === "main")?.verifier).toBe(verifier);
  expect(await eventsOf(user.id)).toEqual([
    { action: "requestTemporaryPassword", outcome: "done", reason: null, address: "192.0.2.7" },
  ]);
  expect(
    JSON.stringify(await runtime().pool.query("select to_jsonb(a) from audit_events a")),
  ).not.toContain(password);
  expect(stage.logged.join("")).not.toContain(password);
});

it("a newer request voids the older, also one whose mail still waits", async () => {
  const user = await makeUser("twice");
  await ask("twice");
  await work();
  await ask("twice");
  await settled();
  const passwords = server.received.map(({ message }) => passwordIn(message));
  const [temporary] = await reading((tx) => findConsolePasswords(tx, user.id));
  expect(passwords).toHaveLength(2);
  expect(await verifyPassword(temporary?.verifier, passwords[0] ?? "")).toBe(false);
  expect(await verifyPassword(temporary?.verifier, passwords[1] ?? "")).toBe(true);
  await stopWorkers();
  await waitingMailIsReplaced();
});

it("a mail server that is down, slow and refusing in turn delays nobody, and one password is in force in the end", async () => {
  const { id } = await makeUser("patient");
  const askBoth = async () => {
    // Were the page to wait for the mail server, the slow one below would never answer.
    for (const name of ["patient", "nobody-at-all"]) expect(await ask(name)).toBeUndefined();
  };
  const gone = await startMailServer();
  await gone.close();
  startQuickWorker({ transport: gone.transport });
  await askBoth();
  await eventually(problems).toContain("CONN failed: ESOCKET.");

  let [held, refused, isWell] = [0, 0, false];
  const unanswered: (() => void)[] = [];
  let isSlow = true;
  const back = await startMailServer(
    {
      onRcptTo(_recipient, _session, callback) {
        held += 1;
        const answer = () => {
          if (isWell) return callback(null);
          refused += 1;
          callback(Object.assign(new Error("4.2.0 later"), { responseCode: 451 }));
        };
        if (isSlow) unanswered.push(answer);
        else answer();
      },
    },
    gone.port,
  );
  await eventually(() => held).toBeGreaterThan(0);
  await askBoth();
  isSlow = false;
  for (const answer of unanswered) answer();
  await eventually(() => refused).toBeGreaterThan(2);
  await askBoth();
  await eventually(problems).toContain("RCPT TO was answered 451 4.2.0.");
  await eventually(async () => (await eventsOf(id)).length).toBe(3);
  isWell = true;

  const rows = await settled();
  // An older one may have been on its way; the newest has come, and is the only one that opens anything.
  expect(rows.at(-1)?.sent_at).not.toBeNull();
  const inForce = await reading((tx) => findConsolePasswords(tx, id));
  expect(inForce.map(({ slot }) => slot)).toEqual(["temporary"]);
  const opens = await Promise.all(
    back.received.map(({ message }) => verifyPassword(inForce[0]?.verifier, passwordIn(message))),
  );
  expect(opens.filter(Boolean)).toHaveLength(1);
  expect(rows.length).toBe(3);
  await back.close();
});

const problems = async () => (await storedMails()).map((row) => row.last_problem);

it("nobody gets a mail who has no console password to forget, and nothing tells", async () => {
  await makeUser("no-address", { email: null });
  await makeUser("federated", { kind: "federated" });
  await makeUser("no-password", { capabilities: { canUseConsolePassword: false } });
  const { id } = await makeUser("suspended");
  await transaction((tx) => updateUser(tx, id, { state: "suspended" }));
  for (const name of [
    "no-address",
    "federated",
    "no-password",
    "suspended",
    "nobody",
    "a\u0000b",
    "\uD800",
    "x y",
    "'; drop table mails",
  ]) {
    expect(await ask(name, originOf(`203.0.113.${name.length}`))).toBeUndefined();
  }
  const queued = await runtime().pool.query<{ row: object }>(
    "select to_jsonb(mails) - 'id' - 'values' - 'created_at' - 'next_attempt_at' - 'expires_at' as row from mails",
  );
  expect(new Set(queued.rows.map(({ row }) => JSON.stringify(row))).size).toBe(1);
  expect(await work()).toEqual([]);
  expect(server.received).toEqual([]);
  const { rows } = await runtime().pool.query(
    "select 1 from console_passwords where user_id = any($1)",
    [
      ["no-address", "federated", "no-password", "suspended"].map(
        (name) => `ocid1.user.local..${name}`,
      ),
    ],
  );
  expect(rows).toEqual([]);
});

it("a blocked user is told that only an administrator can unblock, and gets no password", async () => {
  const { id } = await makeUser("blocked");
  await transaction((tx) => blockUser(tx, id));
  await ask("blocked");
  await work();
  expect(plainTextOf(server.received[0]?.message ?? "")).toContain(
    "Only an administrator can unblock",
  );
  expect(await reading((tx) => findConsolePasswords(tx, id))).toEqual([]);
  expect(await eventsOf(id)).toMatchObject([{ outcome: "refused", reason: "blocked" }]);
});

it("an eleventh request of one source in an hour is refused, a fourth for one name silently dropped", async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 15 }, (_, index) => ask(`name${index}`)),
  );
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason as unknown] : [],
  );
  expect(refused).toHaveLength(5);
  for (const reason of refused) expect(reason).toMatchObject({ code: "rate_limited" });
  await makeUser("popular");
  await runtime().pool.query("delete from mails");
  await Promise.all(
    Array.from({ length: 8 }, (_, index) => ask("popular", originOf(`198.51.100.${index}`))),
  );
  expect(await storedMails()).toHaveLength(3);
});

it("an empty name is the only thing that is told", async () => {
  await expect(ask("")).rejects.toMatchObject({
    code: "invalid_input",
    fields: { userName: "Enter your user name." },
  });
  await expect(requestTemporaryPassword(origin, {})).rejects.toMatchObject({
    code: "missing_input",
  });
  expect(await storedMails()).toEqual([]);
});

async function waitingMailIsReplaced(): Promise<void> {
  const failing = { send: () => Promise.reject(new Error("away")) };
  await runtime().pool.query("delete from mails");
  await runtime().pool.query("delete from rate_limits");
  await ask("twice");
  startQuickWorker({ transport: failing, backOffSeconds: () => 600 });
  await expect
    .poll(async () => (await storedMails())[0]?.last_problem, { timeout: 10_000 })
    .toBe("Sending failed: unknown.");
  await ask("twice");
  await expect
    .poll(async () => (await storedMails())[0], { timeout: 10_000 })
    .toMatchObject({ last_problem: "A newer mail has replaced this one.", sealed_values: null });
}

async function eventsOf(ownerId: string): Promise<unknown[]> {
  const { rows } = await runtime().pool.query<Record<string, unknown>>(
    "select action, outcome, reason, address from audit_events where owner_id = $1 order by id",
    [ownerId],
  );
  return rows;
}

async function hoursLeft(userId: string): Promise<number> {
  const { rows } = await runtime().pool.query<{ hours: number }>(
    "select (extract(epoch from expires_at - now()) / 3600)::float8 as hours from console_passwords where user_id = $1 and slot = 'temporary'",
    [userId],
  );
  return rows[0]?.hours ?? 0;
}
