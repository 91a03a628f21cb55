import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { retryPlace } from "@/lib/domain/sealed-place";
import { makeMasterKeys } from "@/lib/secrets/master-keys";
import { open, seal } from "@/lib/secrets/seal";

import { dataSettings } from "../support/database";
import { failedStart } from "../support/failed-start";
import { addPeople, giveKey, type House, startHouse } from "../support/house";
import { ask, member } from "../support/people";
import { isFull, report, tally } from "../support/race";
import { freePort, startServer } from "../support/server";
import { makeKeyPair, type Signer } from "../support/signer";

let house: House;
let people: Signer[];
beforeAll(async () => {
  house = await startHouse({ count: 2 });
  const pair = makeKeyPair();
  people = [];
  for (const { id } of await addPeople(house, 8)) people.push(await giveKey(house, id, pair));
});
afterAll(() => house?.stop());

const rows = isFull ? 50_000 : 10_000;
const keysInFile = () =>
  readFileSync(join(house.server.dataDir, "master.key"), "utf8").trim().split("\n");

it("G15: rotated under load, killed in the middle and run again: no request fails on either server", async () => {
  const [former = ""] = keysInFile();
  await sealReplies(rows);
  const outcomes: string[] = [];
  const load = startLoad(outcomes);

  const first = rotate();
  await first.said(/\d+ values done/);
  await first.kill();
  expect(await stateOfKey()).toMatchObject({ isRotating: true });
  expect(keysInFile()).toHaveLength(2);
  const loadSoFar = outcomes.length;
  await expect.poll(() => outcomes.length, { timeout: 20_000 }).toBeGreaterThan(loadSoFar + 40);

  const started = performance.now();
  const second = rotate();
  expect(await second.ended(), second.output()).toBe(0);
  const seconds = (performance.now() - started) / 1_000;
  expect(second.output()).toContain("Going on with a rotation that was interrupted.");
  await load.stop();
  report("G15 crypto/rotate-under-load", {
    rows,
    "seconds of the second run": Math.round(seconds),
    ...tally(outcomes),
  });
  expect([...new Set(outcomes)]).toEqual(["ok"]);
  expect(outcomes.length).toBeGreaterThan(100);
  expect(seconds).toBeLessThan(60);

  const { isRotating, id } = await stateOfKey();
  expect(isRotating).toBe(false);
  expect(await sealedWithOthers(id)).toBe(0);
  const [current = "", ...others] = keysInFile();
  expect(others).toEqual([]);
  expect(current).not.toBe(former);
  expect(await opensWith(current)).toBe(rows - byRequest);
  await survives(former);
});

it("G33: audit-verify finds the trail whole after the rotation, and names what was altered or cut", async () => {
  const whole = await verify();
  expect(whole.output).toMatch(/^\d+ events verified: nothing was altered, nothing is missing\.$/m);
  expect(whole.code).toBe(0);
  const [, position, hash] = /^Head: (\d+):([0-9a-f]{64})$/m.exec(whole.output) ?? [];

  const [event] = await alterAddress(
    "203.0.113.9",
    "position = (select min(position) from audit_events)",
  );
  if (!event) throw new Error("The trail has no event.");
  const altered = await verify("--head", `${Number(position) + 1_000_000}:${hash}`);
  await alterAddress(event.former, `id = ${event.id}`);
  expect(altered.output).toContain(`Event ${event.id} (position ${event.position}, `);
  expect(altered.output).toMatch(/^The end was cut: you gave head \d+, the trail ends at \d+\.$/m);
  expect(altered.output).toMatch(/^The audit trail is not what Latchkey wrote\.$/m);
  expect(altered.output).not.toContain("Head:");
  expect(altered.code).toBe(1);

  const refused = await verify("--head", `${position}:abc`);
  expect(refused.output).toContain("Give the head as it was printed");
  expect(refused.code).toBe(1);
});

/** As whoever owns the schema can, past every guard; answers with what was there. */
async function alterAddress(address: string, which: string) {
  await house.database.query("alter table audit_events disable trigger user");
  const { rows: found } = await house.database.query<{
    id: string;
    position: string;
    former: string;
  }>(
    `update audit_events e set address = $1 from (select id, address from audit_events where ${which}) f
     where e.id = f.id returning e.id, e.position, f.address as former`,
    [address],
  );
  await house.database.query("alter table audit_events enable trigger user");
  return found;
}

async function verify(...given: string[]): Promise<{ code: number | null; output: string }> {
  const run = command("audit-verify", given);
  return { code: await run.ended(), output: run.output() };
}

/** What hangs on the root key goes on after a restart with the new key alone; with the former one nothing starts. */
async function survives(former: string): Promise<void> {
  const { dataDir } = house.server;
  const third = await startServer({ dataDir });
  const path = `/users/${house.admin.id}/apiKeys`;
  expect((await ask(third.url, house.admin.signer, { method: "GET", path })).status).toBe(200);
  const cookie = house.admin.session.cookieHeader;
  const page = await fetch(`${third.url}/profile/details`, {
    headers: { cookie },
    redirect: "manual",
  });
  expect(page.status).toBe(200);
  await third.stop();
  const refused = await failedStart({
    PORT: String(await freePort()),
    ...dataSettings(dataDir),
    LATCHKEY_MASTER_KEY: former,
  });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("The master key is not the one");
}

/** Of the kept answers, so many are kept by the product itself. */
const byRequest = 200;

/** So many kept answers, each sealed: some by requests, the others here, as the product does and each at its own place. */
async function sealReplies(count: number): Promise<void> {
  let made = 0;
  const work = async () => {
    while (made < byRequest) {
      made += 1;
      const { tenancyId } = house;
      const body = { compartmentId: tenancyId, name: `g-${randomUUID()}`, description: "sealed" };
      const headers = { "opc-retry-token": randomUUID() };
      const call = { method: "POST", path: "/groups", body, headers };
      member(await ask(house.server.url, house.admin.signer, call), "id");
    }
  };
  await Promise.all(Array.from({ length: 12 }, work));
  const masterKey = Buffer.from(keysInFile()[0] ?? "", "base64");
  const tokens = Array.from({ length: count - byRequest }, () => randomUUID());
  await house.database.query(
    `insert into retry_tokens (caller_id, operation, token, body_hash, sealed_reply)
     select $1, $2, token, '', sealed from unnest($3::text[], $4::text[]) as made (token, sealed)`,
    [
      house.admin.id,
      operation,
      tokens,
      tokens.map((token) => seal(masterKey, replyOf(token), placeOf(token))),
    ],
  );
}

const operation = "battery";
const replyOf = (token: string) => `the answer that ${token} gets again`;
const placeOf = (token: string) =>
  retryPlace(house.tenancyId, { callerId: house.admin.id, operation, token });

/** How many of those sealed here open with this key alone, and say what they said. */
async function opensWith(key: string): Promise<number> {
  const keys = makeMasterKeys(() => [Buffer.from(key, "base64")]);
  const { rows: kept } = await house.database.query<{ token: string; sealed: string }>(
    "select token, sealed_reply as sealed from retry_tokens where operation = $1",
    [operation],
  );
  return kept.filter(({ token, sealed }) => open(keys, sealed, placeOf(token)) === replyOf(token))
    .length;
}

/** People who make a secret key on one server, ask for it again on the other, and delete it. */
function startLoad(outcomes: string[]): { stop(): Promise<void> } {
  const state = { isWanted: true };
  const running = people.map(async (signer, index) => {
    while (state.isWanted) outcomes.push(await tell(signer, index));
  });
  return {
    stop: async () => {
      state.isWanted = false;
      await Promise.all(running);
    },
  };
}

async function tell(signer: Signer, index: number): Promise<string> {
  const [one = "", other = ""] = house.servers.map(({ url }) => url);
  const [here, there] = index % 2 === 0 ? [one, other] : [other, one];
  const path = `/users/${signer.userId}/customerSecretKeys`;
  const token = randomUUID();
  // Named anew each time: the dates of a test are few, and a repeated signature is refused.
  const body = { displayName: token };
  const call = { method: "POST", path, body, headers: { "opc-retry-token": token } };
  try {
    const made = await ask(here, signer, call);
    if (made.status !== 200) return `create ${made.status}`;
    const again = await ask(there, signer, call);
    if (again.text !== made.text) return `repeat ${again.status}`;
    const gone = await ask(there, signer, {
      method: "DELETE",
      path: `${path}/${member(made, "id")}`,
    });
    if (gone.status !== 204) return `delete ${gone.status}`;
    const cookie = house.admin.session.cookieHeader;
    const page = await fetch(`${here}/profile/details`, {
      headers: { cookie },
      redirect: "manual",
    });
    return page.status === 200 ? "ok" : `page ${page.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : "unknown";
  }
}

async function stateOfKey(): Promise<{ id: string; isRotating: boolean }> {
  const { rows: found } = await house.database.query<{ id: string; isRotating: boolean }>(
    `select current_id as id, previous_id is not null as "isRotating" from master_key`,
  );
  const [state] = found;
  if (!state) throw new Error("No master key is in force.");
  return state;
}

/** In every column of the database that holds what is sealed, whoever added it. */
async function sealedWithOthers(id: string): Promise<number> {
  const { rows: columns } = await house.database.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and column_name like 'sealed%' order by 1, 2`,
  );
  expect(columns.length).toBeGreaterThanOrEqual(5);
  let others = 0;
  for (const { table, column } of columns) {
    const { rows: found } = await house.database.query<{ count: string }>(
      `select count(*) as count from ${table} where not starts_with(${column}, 'v1.' || $1 || '.')`,
      [id],
    );
    others += Number(found[0]?.count);
  }
  return others;
}

const rotate = () => command("rotate-master-key");

/** A command of the operator's, as `npm run` starts it. */
function command(name: string, given: readonly string[] = []) {
  const child: ChildProcess = spawn(process.execPath, [`dist/${name}.js`, ...given], {
    env: { ...process.env, NODE_ENV: "production", ...dataSettings(house.server.dataDir) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, "exit");
  return {
    output: () => output,
    said: (pattern: RegExp) =>
      expect.poll(() => output, { timeout: 30_000, interval: 2 }).toMatch(pattern),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    ended: async () => {
      await exited;
      return child.exitCode;
    },
  };
}
