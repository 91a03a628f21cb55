import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "vitest";

import { ConsoleSession, settleAdministrator } from "../support/console-session";
import { countOf, dataSettings, rowsOf } from "../support/database";
import {
  ask,
  canSignIn,
  mailedPassword,
  makePerson,
  member,
  opened,
  type Person,
  resetPassword,
} from "../support/people";
import { isFull, race, report, tally } from "../support/race";
import { type RunningServer, startServer } from "../support/server";
import { makeKeyPair, ownDate, type Reply, send, sign, type Signer } from "../support/signer";

const racers = isFull ? 128 : 64;
let first: RunningServer;
let second: RunningServer;
let admin: Signer;

beforeAll(async () => {
  // Every round is somebody else's: the throttles by source are not what is tested here.
  const env = { LATCHKEY_TRUSTED_PROXIES: "127.0.0.1,::1" };
  first = await startServer({ env });
  second = await startServer({ env, dataDir: first.dataDir });
  admin = (await settleAdministrator(first)).signer;
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

const serverOf = (index: number) => (index % 2 === 0 ? first : second);
const count = (statement: string, ...values: unknown[]) =>
  countOf(first.dataDir, statement, values);
const codeOf = ({ body }: Reply) => String(Object(body)["code"] ?? "");

/** The same call by every racer, alternating servers; `body` makes it the racer's own. */
function post(path: string, bodyOf: (index: number) => unknown, headers = {}) {
  return (index: number) => {
    const { url } = serverOf(index);
    const call = { method: "POST", path, body: bodyOf(index), headers, date: ownDate() };
    const request = sign(admin, new URL(url).host, call);
    return () => send(url, request);
  };
}

/** One filled-in form, sent by all at once; each racer is a browser of its own. */
async function formRace(path: string, fields: Record<string, string>, source: string) {
  const forms = await Promise.all(
    [first, second].map(({ url }) => new ConsoleSession(url).prepareForm(path, fields)),
  );
  return race(racers, (index) => async () => {
    const form = forms[index % 2];
    if (form === undefined) throw new Error("There are two servers.");
    const browser = new ConsoleSession(serverOf(index).url);
    return browser.sendForm(form, { "x-forwarded-for": source });
  });
}

const sourceOf = (round: number) => `192.0.2.${round + 1}`;

it("G3: no number of racers on two servers gets past a limit, and none is left empty", async () => {
  const rounds = isFull ? 500 : 8;
  const keys = Array.from({ length: racers }, () => makeKeyPair().publicPem);
  const totals = { over: 0, under: 0, failed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await makePerson(serverOf(round).url, admin);
    const keyReplies = await race(
      racers,
      post(`/users/${id}/apiKeys`, (index) => ({ key: keys[index] })),
    );
    const tokenReplies = await race(racers, (index) => {
      const collection = index % 4 < 2 ? "authTokens" : "swiftPasswords";
      return post(`/users/${id}/${collection}`, () => ({ description: `racer ${index}` }))(index);
    });
    judge(totals, keyReplies, { most: 3, refusal: "ApiKeyLimitExceeded", id, kind: "api_key" });
    judge(totals, tokenReplies, { most: 2, refusal: "LimitExceeded", id, kind: "auth_token" });
    for (const [kind, most] of [["api_key", 3] as const, ["auth_token", 2] as const]) {
      const kept = await count(
        "select count(*) from credentials where owner_id = $1 and kind = $2 and ended_at is null",
        id,
        kind,
      );
      totals.over += Math.max(0, kept - most);
      totals.under += Math.max(0, most - kept);
    }
  }
  report("G3 race/limits", { rounds, limits: 2, racers, ...totals });
  expect(totals).toEqual({ over: 0, under: 0, failed: 0 });
});

function judge(
  totals: { over: number; under: number; failed: number },
  replies: Reply[],
  { most, refusal }: { most: number; refusal: string; id: string; kind: string },
): void {
  const winners = replies.filter(({ status }) => status === 200).length;
  totals.over += Math.max(0, winners - most);
  totals.under += Math.max(0, most - winners);
  const others = replies.filter(({ status }) => status !== 200);
  const strange = others.filter((reply) => codeOf(reply) !== refusal);
  totals.failed += strange.length;
  if (strange[0]) report("unexpected", tally(strange.map((one) => `${one.status} ${codeOf(one)}`)));
}

it("G4: a one-time password and a mailed one open exactly one session each", async () => {
  const rounds = isFull ? 500 : 4;
  const totals = { winners: 0, roundsWithOther: 0, failed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const source = sourceOf(round % 250);
    const address = `racer-${randomUUID().slice(0, 8)}@example.com`;
    const person = await makePerson(first.url, admin, { email: address });
    const oneTime = await resetPassword(first.url, admin, person);
    await tryOnce(totals, person, oneTime, source);
    await forget(person, source);
    await tryOnce(totals, person, await mailedPassword(first.dataDir, address), source);
  }
  report("G4 race/one-time", { rounds, sorts: 2, racers, ...totals });
  expect(totals).toEqual({ winners: rounds * 2, roundsWithOther: 0, failed: 0 });
});

async function tryOnce(
  totals: { winners: number; roundsWithOther: number; failed: number },
  { id, name }: Person,
  password: string,
  source: string,
): Promise<void> {
  const sessions = () => count("select count(*) from sessions where user_id = $1", id);
  const before = await sessions();
  const replies = await formRace("/sign-in", { userName: name, password }, source);
  const winners = replies.filter(opened).length;
  totals.winners += winners;
  if (winners !== 1 || (await sessions()) !== before + 1) totals.roundsWithOther += 1;
  totals.failed += replies.filter(({ status }) => status >= 500).length;
}

async function forget({ name }: Person, source: string): Promise<void> {
  const browser = new ConsoleSession(first.url);
  const form = await browser.prepareForm("/forgot-password", { userName: name });
  const reply = await browser.sendForm(form, { "x-forwarded-for": source });
  expect(reply.status).toBeLessThan(400);
}

it("G5: a burst never gets an eleventh guess; then even the right password is refused", async () => {
  const rounds = isFull ? 300 : 3;
  const totals = { guesses: 0, overTen: 0, notBlocked: 0, letIn: 0, failed: 0 };
  let person: Person | undefined;
  for (let round = 0; round < rounds; round += 1) {
    person = await makePerson(first.url, admin);
    const right = await resetPassword(first.url, admin, person);
    for (let burst = 0; burst < 60 && !(await isBlocked(person)); burst += 1) {
      // A check whose end could not be written on a busy machine keeps its place for half a minute.
      if (burst > 3) await sleep(1_000);
      const fields = { userName: person.name, password: "Wrong-Horse-Battery-1" };
      const replies = await formRace("/sign-in", fields, sourceOf(round % 250));
      totals.letIn += replies.filter(opened).length;
      totals.failed += replies.filter(({ status }) => status >= 500).length;
    }
    const guesses = await guessesAt(person);
    totals.guesses += guesses;
    if (guesses > 10) totals.overTen += 1;
    if (!(await isBlocked(person))) totals.notBlocked += 1;
    for (const { url } of [first, second])
      if (await canSignIn(url, person.name, right)) totals.letIn += 1;
  }
  report("G5 race/lockout", { rounds, racers, ...totals });
  expect(totals).toEqual({
    guesses: rounds * 10,
    overTen: 0,
    notBlocked: 0,
    letIn: 0,
    failed: 0,
  });
  if (person) await recover(person.name);
});

const isBlocked = async ({ id }: Person) =>
  (await count("select count(*) from users where id = $1 and blocked_at is not null", id)) === 1;

/** Every check that came to a result is on record, in the same transaction as the counter. */
const guessesAt = ({ id }: Person) =>
  count(
    "select count(*) from audit_events where owner_id = $1 and action = 'signIn' and reason = 'wrong_password'",
    id,
  );

/** `npm run recover-admin` on the host, beside the running servers. */
async function recover(name: string): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, ["dist/recover-admin.js", name], {
    env: { ...process.env, NODE_ENV: "production", ...dataSettings(first.dataDir) },
  });
  const password = new RegExp(`^One-time password for ${name}: (\\S+)$`, "m").exec(stdout)?.[1];
  expect(await canSignIn(second.url, name, password ?? "")).toBe(true);
  const ended = await count(
    "select count(*) from audit_events where action = $1",
    "recoverAdministrator",
  );
  expect(ended).toBe(1);
}

it("G6: however often a retry token comes, there is one row and one answer", async () => {
  const rounds = isFull ? 300 : 6;
  const totals = { rows: 0, audited: 0, answers: 0, conflicts: 0, otherAnswers: 0, failed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const person = await makePerson(first.url, admin);
    const token = randomUUID();
    const headers = { "opc-retry-token": token };
    const replies = await race(
      racers,
      post(`/users/${person.id}/authTokens`, () => ({ description: "once" }), headers),
    );
    const answers = replies.filter(({ status }) => status === 200);
    const ids = new Set(answers.map((reply) => member(reply, "id")));
    const secrets = new Set(answers.map((reply) => member(reply, "token")));
    totals.answers += answers.length;
    totals.otherAnswers += ids.size - 1 + (secrets.size - 1);
    totals.conflicts += replies.filter(({ status }) => status === 409).length;
    totals.failed += replies.filter(({ status }) => status !== 200 && status !== 409).length;
    totals.rows += await count("select count(*) from credentials where owner_id = $1", person.id);
    totals.audited += await count(
      "select count(*) from audit_events where owner_id = $1 and action = 'issueCredential'",
      person.id,
    );
    const other = { method: "POST", path: `/users/${person.id}/authTokens`, headers };
    const reused = await ask(second.url, admin, { ...other, body: { description: "other" } });
    expect(codeOf(reused)).toBe("InvalidatedRetryToken");
  }
  report("G6 race/retry-token", { rounds, racers, ...totals });
  expect(totals).toMatchObject({ rows: rounds, audited: rounds, otherAnswers: 0, failed: 0 });
  expect(totals.answers + totals.conflicts).toBe(rounds * racers);
});

it("the database lived through all of it with one pool per server", async () => {
  const pools = await rowsOf(
    first.dataDir,
    `select count(*) from pg_stat_activity
     where application_name = 'latchkey' and datname = current_database()`,
  );
  expect(Number(pools[0]?.["count"])).toBeLessThanOrEqual(32);
});
