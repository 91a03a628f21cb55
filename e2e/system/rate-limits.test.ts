import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { passwordRequestTemplate } from "@/lib/domain/mail/password-request";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { actionEntries, callAction } from "../support/entries";
import { addPeople, commonPassword, type House, startHouse } from "../support/house";
import { isFull, race, report, tally } from "../support/race";

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

interface Attempt {
  readonly form: Record<string, string>;
  readonly from?: string;
}

/** One form, sent to the servers in turn. */
async function submit(house: House, index: number, action: string, { form, from }: Attempt) {
  counts.attempts += 1;
  const { url } = house.servers[index % house.servers.length] ?? house.server;
  const path = action === "signInAction" ? "/sign-in" : "/forgot-password";
  const headers = from === undefined ? {} : { "x-forwarded-for": from };
  const place = { id: idOf(action), path, cookie: undefined, headers };
  return (await callAction(url, place, { form })).verdict;
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

const racers = isFull ? 500 : 100;

test("forgot password: ten an hour from one source, over both servers at once", async () => {
  const people = await addPeople(direct, racers);
  const before = await granted(direct, 0);
  const verdicts = await race(
    racers,
    (index) => () => forgot(direct, index, people[index]?.name ?? ""),
  );
  expect(tally(verdicts)).toEqual({ done: 10, rate_limited: racers - 10 });
  expect((await granted(direct, before + 10)) - before).toBe(10);
});

test("forgot password: three an hour for one name, and nobody is told", async () => {
  const [person] = await addPeople(behindProxy, 1);
  const name = person?.name ?? "";
  const verdicts = await race(
    60,
    (index) => () => forgot(behindProxy, index, name, `198.51.100.${index}`),
  );
  expect(tally(verdicts)).toEqual({ done: 60 });
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
  const verdicts = await race(
    60,
    (index) => () => wrongSignIn(direct, index, `nobody-${randomUUID()}`),
  );
  expect(tally(verdicts)).toEqual({ sign_in_refused: 30, rate_limited: 30 });
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
  const spoofs = isFull ? 1_000 : 200;
  counts.spoofed = spoofs;
  const verdicts = await race(
    spoofs,
    (index) => () =>
      forgot(direct, index, randomUUID(), `203.0.113.${index % 250}, 10.0.0.${index % 250}`),
  );
  expect(tally(verdicts)).toEqual({ done: 10, rate_limited: spoofs - 10 });
});

test("behind a trusted proxy only the last address counts, whatever stands before it", async () => {
  const verdicts = await race(
    50,
    (index) => () => forgot(behindProxy, index, randomUUID(), `203.0.113.${index}, 192.0.2.1`),
  );
  expect(tally(verdicts)).toEqual({ done: 10, rate_limited: 40 });
  expect(await forgot(behindProxy, 0, randomUUID(), "192.0.2.2")).toBe("done");
});
