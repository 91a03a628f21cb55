import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { mintSecret } from "@/lib/domain/secret-format";

import { band, compareTimes, elsewhere } from "../support/auc";
import { actionEntries, callAction } from "../support/entries";
import { addPeople, giveKey, type House, startHouse } from "../support/house";
import { ask, member } from "../support/people";
import { report } from "../support/race";
import { makeKeyPair } from "../support/signer";

/** G13, where anybody may ask: neither bytes nor time tell whether a reported secret is a real one. */
const groups = ["real", "invented"] as const;
type Group = (typeof groups)[number];
const results: Record<string, string> = {};
const key = makeKeyPair();
let house: House;

beforeAll(async () => {
  house = await startHouse({ env: { LATCHKEY_TRUSTED_PROXIES: "127.0.0.1" } });
});
afterAll(async () => {
  await house.stop();
  report("G13 reports of leaks, AUC of times", results);
});

/** Auth tokens, two a person, each to be reported once; or others that nobody was ever given. */
async function secrets(group: Group, count: number): Promise<string[]> {
  const invented = Array.from({ length: count }, () => mintSecret("auth_token", randomBytes));
  if (group === "invented") return invented;
  const real: string[] = [];
  for (const person of await addPeople(house, Math.ceil(count / 2))) {
    const signer = await giveKey(house, person.id, key);
    const path = `/users/${person.id}/authTokens`;
    for (const description of ["one", "two"]) {
      const made = await ask(house.server.url, signer, {
        method: "POST",
        path,
        body: { description },
      });
      real.push(member(made, "token"));
    }
  }
  return real.slice(0, count);
}

const reportByApi = (secret: string) =>
  fetch(`${house.server.url}/api/report-leak`, {
    method: "POST",
    headers: { "content-type": "application/json", ...elsewhere() },
    body: JSON.stringify({ text: `found in a repository: ${secret}` }),
  });

const action = () => actionEntries().find(({ name }) => name === "reportLeakAction");
const reportByForm = (secret: string) =>
  callAction(
    house.server.url,
    {
      id: action()?.id ?? "",
      path: "/report-leak",
      cookie: undefined,
      headers: elsewhere(),
    },
    { form: { text: `found in a repository: ${secret}` } },
  );

async function compare(what: string, send: (secret: string) => Promise<void>): Promise<void> {
  const found = await compareTimes({
    groups,
    subjects: secrets,
    measure: async (secret) => {
      const startedAt = performance.now();
      await send(secret);
      return performance.now() - startedAt;
    },
  });
  for (const { pair, value, told } of found) {
    results[`${what} ${pair}`] = told;
    expect(value, what).toBeGreaterThanOrEqual(band.least);
    expect(value, what).toBeLessThanOrEqual(band.most);
  }
}

test("the answer has the same bytes for a real secret and for an invented one", async () => {
  const answers = new Set<string>();
  for (const group of groups)
    for (const secret of await secrets(group, 10)) {
      const response = await reportByApi(secret);
      const headers = [...response.headers].filter(
        ([name]) => !/^(date|opc-request-id)$/.test(name),
      );
      answers.add(JSON.stringify([response.status, headers, await response.text()]));
    }
  expect([...answers]).toHaveLength(1);
});

test("it takes the same time by the API", { timeout: 1_800_000 }, () =>
  compare("by the API", async (secret) => {
    const response = await reportByApi(secret);
    await response.text();
    expect(response.status).toBe(202);
  }),
);

test("it takes the same time on the page", { timeout: 1_800_000 }, () =>
  compare("on the page", async (secret) => {
    expect((await reportByForm(secret)).status).toBe(200);
  }),
);

test("what was real has ended: the test did compare two things", async () => {
  const open = async () => {
    const { rows } = await house.database.query<{ open: number; reported: number }>(
      `select count(*) filter (where ended_at is null)::int as open,
         count(*) filter (where ended_reason = 'reported')::int as reported
       from credentials where kind = 'auth_token'`,
    );
    return rows[0];
  };
  await expect.poll(open, { timeout: 60_000 }).toMatchObject({ open: 0 });
  expect((await open())?.reported).toBeGreaterThanOrEqual(2 * 250);
});
