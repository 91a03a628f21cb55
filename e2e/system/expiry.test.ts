import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, it } from "vitest";

import { addPeople, giveKey, type House, newOcid, startHouse } from "../support/house";
import { ask, type Person } from "../support/people";
import { report } from "../support/race";
import { type RunningServer, startServer } from "../support/server";
import { makeKeyPair } from "../support/signer";

let house: House;
/** Those that run at the moment, over one database. */
let servers: RunningServer[];
beforeAll(async () => {
  house = await startHouse({ count: 2 });
  servers = [...house.servers];
});
afterAll(async () => {
  await house?.stop();
  for (const server of servers ?? []) await server.stop();
});

const countOf = async (from: string, values: unknown[] = []) =>
  Number((await house.database.query(`select count(*) as n from ${from}`, values)).rows[0]?.n);

/** Auth tokens, so many for each, as if they had been made long ago; `time` says what the clock has come to. */
async function addTokens(people: readonly Person[], each: number, time: string): Promise<void> {
  const owners = people.flatMap(({ id }) => Array.from({ length: each }, () => id));
  await house.database.query(
    `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier, expires_at, notice_at)
     select id, 'auth_token', owner_id, id, 'global', '{"description": "nightly"}', 'v-' || id, ${time}
     from unnest($1::text[], $2::text[]) as given (id, owner_id)`,
    [owners.map(() => newOcid("credential")), owners],
  );
}

/** kill -9 of every server as soon as the count is no longer what it was. */
async function killAtFirst(count: () => Promise<number>): Promise<void> {
  const before = await count();
  for (const until = Date.now() + 60_000; (await count()) < before + 10;) {
    if (Date.now() > until) throw new Error("No server began.");
    await sleep(2);
  }
  await Promise.all(servers.map((server) => server.kill()));
}

/** Two servers again, over the database that the killed ones left. */
async function startAgain(): Promise<void> {
  const { dataDir } = house.server;
  servers = [await startServer({ dataDir }), await startServer({ dataDir })];
}

it("two servers that are killed in the middle of a sweep leave nothing half ended, and two others end the rest once", async () => {
  const people = await addPeople(house, 800);
  await addTokens(people, 2, "now(), null");
  const total = people.length * 2;
  const swept =
    "credentials where verifier is null and ended_reason = 'expired' and ended_at is not null";
  const untouched =
    "credentials where verifier is not null and ended_at is null and kind = 'auth_token'";
  const ended = () => countOf(swept);
  const events = () =>
    countOf("audit_events where action = 'expireCredential' and outcome = 'done'");
  await killAtFirst(ended);
  const atDeath = await ended();
  report("expiry/kill9", { due: total, "ended when killed": atDeath });
  expect(atDeath).toBeLessThan(total);
  expect(await countOf(untouched)).toBe(total - atDeath);
  expect(await events()).toBe(atDeath);

  await startAgain();
  await expect.poll(ended, { timeout: 60_000, interval: 200 }).toBe(total);
  expect(await countOf(untouched)).toBe(0);
  expect(await events()).toBe(total);
  const distinct =
    "(select distinct subject_id from audit_events where action = 'expireCredential') s";
  expect(await countOf(distinct)).toBe(total);
});

it("no owner is written to twice and none is forgotten when the servers die over it", async () => {
  const people = await addPeople(house, 400);
  await addTokens(people, 1, "now() + interval '7 days', now()");
  const queued = () => countOf("mails where template = 'credential_expiring'");
  const waiting = () => countOf("credentials where notice_at <= now()");
  await killAtFirst(queued);
  const atDeath = await queued();
  report("expiry/mails", { due: people.length, "queued when killed": atDeath });
  expect(atDeath).toBeLessThan(people.length);
  expect(await waiting()).toBe(people.length - atDeath);
  // What the dead were sending is theirs for five minutes; nobody waits that long in a test.
  await house.database.query("update mails set leased_until = now() where leased_until > now()");

  await startAgain();
  const sent = () =>
    countOf("mails where template = 'credential_expiring' and sent_at is not null");
  await expect.poll(sent, { timeout: 90_000, interval: 200 }).toBe(people.length);
  expect(await waiting()).toBe(0);
  expect(await queued()).toBe(people.length);
  expect(
    await countOf("(select distinct user_id from mails where template = 'credential_expiring') m"),
  ).toBe(people.length);
  // A crash between sending and marking writes one mail again, under the same id.
  const files = readdirSync(join(house.server.dataDir, "mail")).filter((name) =>
    name.endsWith(".eml"),
  );
  const ids = new Set(
    files.map((name) => name.slice(-"00000000-0000-0000-0000-000000000000.eml".length)),
  );
  expect(ids.size).toBe(people.length);
  // The last moment is still to come.
  expect(
    await countOf(
      "credentials where notice_at > now() + interval '5 days' and notice_at < expires_at",
    ),
  ).toBe(people.length);
});

it("a key is refused from its expiry on, whether or not a server has come by", async () => {
  const [person] = await addPeople(house, 1);
  const signer = await giveKey(house, person?.id ?? "", makeKeyPair());
  const [server] = servers;
  const path = `/users/${signer.userId}/apiKeys`;
  const status = async () => (await ask(server?.url ?? "", signer, { method: "GET", path })).status;
  expect(await status()).toBe(200);
  await house.database.query("update credentials set expires_at = now() where owner_id = $1", [
    signer.userId,
  ]);
  expect(await status()).toBe(401);
  const ended = () =>
    countOf("credentials where owner_id = $1 and ended_reason = 'expired'", [signer.userId]);
  await expect.poll(ended, { timeout: 30_000 }).toBe(1);
  expect(await status()).toBe(401);
});

it("the last use of a key is not lost when the server stops right after it", async () => {
  const [person] = await addPeople(house, 1);
  const signer = await giveKey(house, person?.id ?? "", makeKeyPair());
  const path = `/users/${signer.userId}/apiKeys`;
  const last = servers.pop();
  expect((await ask(last?.url ?? "", signer, { method: "GET", path })).status).toBe(200);
  expect(await last?.stop()).toBe(0);
  expect(
    await countOf(
      "credentials where owner_id = $1 and last_used_at > now() - interval '1 minute'",
      [signer.userId],
    ),
  ).toBe(1);
});
