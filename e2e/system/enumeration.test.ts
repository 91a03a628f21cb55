import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { auc, band, compareTimes, elsewhere, isDecided, looks } from "../support/auc";
import { ConsoleSession, type PreparedForm } from "../support/console-session";
import { actionEntries, callAction } from "../support/entries";
import { addPeople, type House, startHouse } from "../support/house";
import { isFull, report } from "../support/race";

/** G13: neither bytes nor time tell whether a name is known, or blocked. */
const groups = ["known", "unknown", "blocked"] as const;
type Group = (typeof groups)[number];

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

async function compare(what: string, measure: (name: string) => Promise<number>): Promise<void> {
  const found = await compareTimes({ groups, subjects: names, measure });
  for (const { pair, told } of found) results[`${what} ${pair}`] = told;
  for (const { pair, value } of found) {
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

test("stopping early decides as the full size does, and hardly more often for equal", () => {
  const normal = normalNumbers(20_160_918);
  const equal = (chance: number, at: readonly number[]) => {
    const rounds = 20_000;
    let count = 0;
    for (let round = 0; round < rounds; round += 1) {
      let [sum, pairs] = [0, 0];
      for (const look of at) {
        // What one more pair adds varies by a sixth (Mann-Whitney, equal groups).
        sum += (look - pairs) * chance + Math.sqrt((look - pairs) / 6) * normal();
        pairs = look;
        if (isDecided(sum / pairs, pairs)) break;
      }
      if (sum / pairs >= band.least && sum / pairs <= band.most) count += 1;
    }
    return count / rounds;
  };
  const last = looks.slice(-1);
  for (const chance of [0.5, 0.52, band.most, 0.575, 0.6])
    expect(equal(chance, looks) - equal(chance, last), String(chance)).toBeLessThan(0.02);
  expect(equal(0.5, looks)).toBeGreaterThan(0.999);
  expect(equal(0.6, looks)).toBeLessThan(0.001);
});

/** The same ones in every run. */
function normalNumbers(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test("the measure sees a difference where there is one", () => {
  const [fast, slow] = [
    Array.from({ length: 300 }, (_, at) => at),
    Array.from({ length: 300 }, (_, at) => at + 30),
  ];
  expect(auc(slow, fast)).toBeGreaterThan(band.most);
  expect(auc(fast, fast)).toBe(0.5);
});
