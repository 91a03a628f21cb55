import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { oauthPaths } from "@/lib/domain/oauth/addresses";
import { passwordRequestTemplate } from "@/lib/domain/mail/password-request";
import { mintSecret } from "@/lib/domain/secret-format";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { ConsoleSession } from "../support/console-session";
import { actionEntries, callAction } from "../support/entries";
import { addPeople, commonPassword, type House, newOcid, startHouse } from "../support/house";
import { crowd, isFull, report, tally } from "../support/race";

/** G29: limits hold over two servers together, to the last one, and a forged address is no new source. */
const proxied = { LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" };
const counts = { attempts: 0, spoofed: 0 };
let direct: House;
let behindProxy: House;

beforeAll(async () => {
  direct = await startHouse({ count: 2 });
  behindProxy = await startHouse({ count: 2, env: proxied });
});

afterAll(async () => {
  await direct.stop();
  await behindProxy.stop();
  report("G29 shared limits", counts);
});

beforeEach(async () => {
  for (const { database } of [direct, behindProxy]) await database.query("delete from rate_limits");
});

const idOf = (name: string) => actionEntries().find((one) => one.name === name)?.id ?? "";

const serverOf = (house: House, index: number) =>
  house.servers[index % house.servers.length] ?? house.server;

interface Attempt {
  readonly form: Record<string, string>;
  readonly from?: string;
}

/** One form, sent to the servers in turn. */
async function submit(house: House, index: number, action: string, { form, from }: Attempt) {
  const { url } = serverOf(house, index);
  const path = action === "signInAction" ? "/sign-in" : "/forgot-password";
  const headers = from === undefined ? {} : { "x-forwarded-for": from };
  const place = { id: idOf(action), path, cookie: undefined, headers };
  return persist(async () => (await callAction(url, place, { form })).verdict);
}

/** A crowd may find the database busy; whoever is told so comes again, as clients do, and was not counted. */
async function persist<T extends string | number>(attempt: () => Promise<T>): Promise<T> {
  counts.attempts += 1;
  for (let tries = 1; ; tries += 1) {
    const verdict = await attempt();
    if ((verdict !== "unavailable" && verdict !== 503) || tries === 10) return verdict;
    await sleep(200);
  }
}

const forgot = (house: House, index: number, name: string, from?: string) =>
  submit(house, index, "requestTemporaryPasswordAction", {
    form: { userName: name },
    ...(from === undefined ? {} : { from }),
  });

const wrongSignIn = (house: House, index: number, name: string, from?: string) =>
  submit(house, index, "signInAction", {
    form: { userName: name, password: "not the password" },
    ...(from === undefined ? {} : { from }),
  });

/** Passwords that were granted: the worker writes one event each, after the answer. */
async function granted({ database }: House, atLeast: number): Promise<number> {
  const statement =
    "select count(*) as count from audit_events where action = 'requestTemporaryPassword'";
  for (const deadline = Date.now() + 60_000; ;) {
    const { rows } = await database.query<{ count: string }>(statement);
    const count = Number(rows[0]?.count);
    const { rows: waiting } = await database.query("select 1 from mails where template = $1", [
      passwordRequestTemplate,
    ]);
    if ((count >= atLeast && waiting.length === 0) || Date.now() > deadline) return count;
    await sleep(50);
  }
}

/** To each limit, fifty at a time. */
const racers = isFull ? 5_000 : 500;

const addressOf = (index: number) => `198.51.${index >> 8}.${index & 255}`;

test("forgot password: ten an hour from one source, over both servers at once", async () => {
  const people = await addPeople(direct, racers);
  const before = await granted(direct, 0);
  const verdicts = await crowd(
    racers,
    (index) => () => forgot(direct, index, people[index]?.name ?? ""),
  );
  expect(tally(verdicts)).toEqual({ done: 10, rate_limited: racers - 10 });
  expect((await granted(direct, before + 10)) - before).toBe(10);
});

test("forgot password: three an hour for one name, and nobody is told", async () => {
  const [person] = await addPeople(behindProxy, 1);
  const name = person?.name ?? "";
  const verdicts = await crowd(
    racers,
    (index) => () => forgot(behindProxy, index, name, addressOf(index)),
  );
  expect(tally(verdicts)).toEqual({ done: racers });
  expect(await granted(behindProxy, 3)).toBe(3);
});

test("sign-in: thirty names a minute from one source, over both servers in turn", async () => {
  const verdicts: string[] = [];
  for (let index = 0; index < 40; index += 1)
    verdicts.push(await wrongSignIn(direct, index, `nobody-${randomUUID()}`));
  expect(verdicts).toEqual([
    ...Array(30).fill("sign_in_refused"),
    ...Array(10).fill("rate_limited"),
  ]);
});

test("sign-in: no more than thirty names either when they all come at once", async () => {
  const verdicts = await crowd(
    racers,
    (index) => () => wrongSignIn(direct, index, `nobody-${randomUUID()}`),
  );
  expect(tally(verdicts)).toEqual({ sign_in_refused: 30, rate_limited: racers - 30 });
});

test("sign-in: whoever fails on one name only is never throttled before the lockout", async () => {
  const [person] = await addPeople(direct, 1);
  const verdicts: string[] = [];
  for (let index = 0; index < 9; index += 1)
    verdicts.push(await wrongSignIn(direct, index, person?.name ?? ""));
  expect(tally(verdicts)).toEqual({ sign_in_refused: 9 });
  const form = { userName: person?.name ?? "", password: commonPassword };
  expect(await submit(direct, 1, "signInAction", { form })).toBe("/profile/details");
});

test("people who sign in do not count as guessers", async () => {
  const people = await addPeople(direct, 35);
  const verdicts: string[] = [];
  for (const [index, { name }] of people.entries())
    verdicts.push(
      await submit(direct, index, "signInAction", {
        form: { userName: name, password: commonPassword },
      }),
    );
  expect(tally(verdicts)).toEqual({ "/profile/details": 35 });
});

test("an address that a stranger writes into X-Forwarded-For is not a new source", async () => {
  const spoofs = isFull ? 10_000 : 1_000;
  counts.spoofed = spoofs;
  const verdicts = await crowd(
    spoofs,
    (index) => () =>
      forgot(direct, index, randomUUID(), `${addressOf(index)}, 10.0.0.${index % 250}`),
  );
  expect(tally(verdicts)).toEqual({ done: 10, rate_limited: spoofs - 10 });
});

test("behind a trusted proxy only the last address counts, whatever stands before it", async () => {
  const verdicts = await crowd(
    racers,
    (index) => () => forgot(behindProxy, index, randomUUID(), `${addressOf(index)}, 192.0.2.1`),
  );
  expect(tally(verdicts)).toEqual({ done: 10, rate_limited: racers - 10 });
  expect(await forgot(behindProxy, 0, randomUUID(), "192.0.2.2")).toBe("done");
});

test("another mail that confirms an address: three an hour, over both servers at once", async () => {
  const [person] = await addPeople(direct, 1);
  const session = new ConsoleSession(direct.server.url);
  await session.signIn(person?.name ?? "", commonPassword);
  const place = {
    id: idOf("resendConfirmationAction"),
    path: "/profile/details",
    cookie: session.cookieHeader,
  };
  const verdicts = await crowd(racers, (index) => async () => {
    const { url } = serverOf(direct, index);
    const input = { argument: { userId: person?.id } };
    return persist(async () => (await callAction(url, place, input)).verdict);
  });
  expect(tally(verdicts)).toEqual({ allowed: 3, rate_limited: racers - 3 });
  const { rowCount } = await direct.database.query(
    "select 1 from mails where user_id = $1 and template = 'email_confirmation'",
    [person?.id],
  );
  expect(rowCount).toBe(3);
});

test("reports of leaks: thirty an hour from one source, over both servers at once", async () => {
  const statuses = await crowd(
    racers,
    (index) => () =>
      post(direct, index, "/api/report-leak", {
        type: "application/json",
        body: JSON.stringify({ text: `number ${index}` }),
      }),
  );
  expect(tally(statuses)).toEqual({ 202: 30, 429: racers - 30 });
});

test("guesses at a client's secret: ten a minute from one address, over both servers at once", async () => {
  const [person] = await addPeople(direct, 1);
  const clientId = newOcid("credential");
  await direct.database.query(
    `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
     values ($1, 'oauth_client_credential', $2, $1, 'global', $3, 'no secret has it')`,
    [clientId, person?.id, JSON.stringify({ name: "guessed", description: "", scopes: [] })],
  );
  // One without the shape of a secret is refused without a look, and not counted.
  const guess = () => mintSecret("oauth_client_credential", randomBytes);
  const statuses = await crowd(
    racers,
    (index) => () =>
      post(direct, index, oauthPaths.token, {
        type: "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`${clientId}:${guess()}`).toString("base64")}`,
        body: "grant_type=client_credentials",
      }),
  );
  expect(tally(statuses)).toEqual({ 401: 10, 429: racers - 10 });
});

async function post(
  house: House,
  index: number,
  path: string,
  { type, body, authorization }: { type: string; body: string; authorization?: string },
): Promise<number> {
  const { url } = serverOf(house, index);
  const headers = { "content-type": type, ...(authorization && { authorization }) };
  return persist(async () => {
    const response = await fetch(url + path, { method: "POST", headers, body });
    await response.arrayBuffer();
    return response.status;
  });
}
