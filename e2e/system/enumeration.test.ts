import { randomInt, randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { auc, aucNoise } from "../support/auc";
import { ConsoleSession, type PreparedForm } from "../support/console-session";
import { actionEntries, callAction } from "../support/entries";
import { addPeople, type House, startHouse } from "../support/house";
import { isFull, report } from "../support/race";

/** G13: neither bytes nor time tell whether a name is known, or blocked. */
type Group = "known" | "unknown" | "blocked";
const groups: readonly Group[] = ["known", "unknown", "blocked"];

/** Looks at the samples grow: a noisy machine gets a closer look, a real difference only shows more. */
const looks = isFull ? [10_000] : [250, 600, 1_000];
const band = { least: 0.45, most: 0.55 };
const results: Record<string, string> = {};
let house: House;

beforeAll(async () => {
  house = await startHouse({ env: { LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" } });
});

afterAll(async () => {
  await house.stop();
  report("G13 enumeration, AUC of times", results);
});

const idOf = (name: string) => actionEntries().find((one) => one.name === name)?.id ?? "";

/** A source of its own for each request: the throttle is not what is measured. */
const elsewhere = () => ({
  "x-forwarded-for": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
});

const unknownNames = (count: number) =>
  Array.from({ length: count }, () => `person-${randomUUID().slice(0, 13)}`);

async function names(group: Group, count: number): Promise<string[]> {
  if (group === "unknown") return unknownNames(count);
  const people = await addPeople(house, count, { isBlocked: group === "blocked" });
  return people.map(({ name }) => name);
}

async function send(form: PreparedForm, stand: string, name: string): Promise<string> {
  const body = Buffer.from(form.body.toString("latin1").replaceAll(stand, name), "latin1");
  const session = new ConsoleSession(house.server.url);
  const response = await session.sendForm({ ...form, body }, elsewhere());
  const headers = [...response.headers]
    .filter(([header]) => !["x-request-id", "date", "content-security-policy"].includes(header))
    .map(([header, value]) => `${header}: ${value}`);
  const text = (await response.text())
    .replaceAll(name, ":name")
    .replaceAll(/nonce(="|\\?":\\?"|-)[A-Za-z0-9+/=]+/g, "");
  return [response.status, ...headers, text].join("\n");
}

test.each([
  ["/sign-in", { userName: "person-00000000-0000", password: "not the password" }],
  ["/forgot-password", { userName: "person-00000000-0000" }],
])("%s answers the same bytes for every name", async (path, fields) => {
  const form = await new ConsoleSession(house.server.url).prepareForm(path, fields);
  const answers = new Map<string, string>();
  const rounds = isFull ? 100 : 10;
  for (const group of groups)
    for (const name of await names(group, rounds))
      answers.set(await send(form, fields.userName, name), group);
  expect([...answers.keys()]).toHaveLength(1);
  results[`answers at ${path}`] = String(answers.size);
});

async function timeOf(action: string, path: string, form: Record<string, string>): Promise<number> {
  const place = { id: idOf(action), path, cookie: undefined, headers: elsewhere() };
  const startedAt = performance.now();
  const { status } = await callAction(house.server.url, place, { form });
  const time = performance.now() - startedAt;
  expect(status).toBe(200);
  return time;
}

/** Fully shuffled: whatever one request leaves behind it falls on all groups alike. */
function shuffled<T>(values: T[]): T[] {
  for (let at = values.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    const [left, right] = [values[at], values[other]];
    if (left !== undefined && right !== undefined) [values[at], values[other]] = [right, left];
  }
  return values;
}

async function compare(what: string, measure: (name: string) => Promise<number>): Promise<void> {
  const times: Record<Group, number[]> = { known: [], unknown: [], blocked: [] };
  let found: [string, number][] = [];
  for (const look of looks) {
    const more = look - times.known.length;
    const queue: { group: Group; name: string }[] = [];
    for (const group of groups)
      queue.push(...(await names(group, more)).map((name) => ({ group, name })));
    for (const { group, name } of shuffled(queue)) times[group].push(await measure(name));
    found = [
      ["known/unknown", auc(times.known, times.unknown)],
      ["known/blocked", auc(times.known, times.blocked)],
    ];
    if (found.every(([, value]) => value >= band.least && value <= band.most)) break;
  }
  const noise = aucNoise(times.known.length, times.unknown.length).toFixed(3);
  for (const [pair, value] of found)
    results[`${what} ${pair}`] = `${value.toFixed(3)} ± ${noise} of ${times.known.length} pairs`;
  for (const [pair, value] of found) {
    expect(value, `${what} ${pair}`).toBeGreaterThanOrEqual(band.least);
    expect(value, `${what} ${pair}`).toBeLessThanOrEqual(band.most);
  }
}

test("sign-in takes the same time for every name", { timeout: 3_600_000 }, async () => {
  await compare("sign-in", (name) =>
    timeOf("signInAction", "/sign-in", { userName: name, password: "not the password" }),
  );
});

test("forgot password takes the same time for every name", { timeout: 3_600_000 }, async () => {
  await compare("forgot password", (name) =>
    timeOf("requestTemporaryPasswordAction", "/forgot-password", { userName: name }),
  );
});

test("the measure sees a difference where there is one", () => {
  const [fast, slow] = [
    Array.from({ length: 300 }, (_, at) => at),
    Array.from({ length: 300 }, (_, at) => at + 30),
  ];
  expect(auc(slow, fast)).toBeGreaterThan(band.most);
  expect(auc(fast, fast)).toBe(0.5);
});
