import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, it } from "vitest";

import { makeComingVersion } from "../support/coming-version";
import { withDatabase } from "../support/database";
import { addPeople, type House, startHouse } from "../support/house";
import { Ledger } from "../support/ledger";
import { checkLedger } from "../support/ledger-check";
import { startLoad } from "../support/ledgered-load";
import { watchLocks } from "../support/lock-watch";
import { isFull, report } from "../support/race";
import { startServer } from "../support/server";

const credentials = isFull ? 1_000_000 : 100_000;
const kills = isFull ? 50 : 5;
const doubleStarts = isFull ? 100 : 10;
/** Twenty-five servers are started. */
const patience = isFull ? 7_200_000 : 600_000;

let house: House;
const coming = makeComingVersion();

beforeAll(async () => {
  house = await startHouse();
  const people = await addPeople(house, 100);
  await house.database.query(
    `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details)
     select 'many-' || number, 'auth_token', owners[1 + number % 100], 'many-' || number, 'owner', '{"description": "one of many"}'
     from generate_series(1, $2::int) as number, (select $1::text[] as owners) as given`,
    [people.map(({ id }) => id), credentials],
  );
  await house.database.query("analyze");
});
afterAll(async () => {
  await house?.stop();
  rmSync(coming.folder, { recursive: true });
});

/**
 * What a version may do to the tables of the one before it while that one serves, in the order in which requests take
 * them: crossed, each try and a request wait for each other until one gives up.
 */
const changes = (version: number) => [
  `alter table users add column coming_${version} text;--> statement-breakpoint
   alter table credentials add column coming_${version} text not null default ''`,
  `create index concurrently credentials_coming_${version} on credentials (coming_${version}, created_at);--> statement-breakpoint
   create index concurrently users_coming_${version} on users (coming_${version}, created_at)`,
  `create table coming_${version} (user_id text primary key references users (id) on delete cascade)`,
];

/** A start of the coming version that is killed, be it ready or not. */
function beginComing() {
  const blow = new AbortController();
  const state = { hasFailed: false };
  const { dataDir } = house.server;
  const settled = startServer({ dataDir, cwd: coming.folder, killedBy: blow.signal }).then(
    () => undefined,
    () => (state.hasFailed = !blow.signal.aborted),
  );
  return {
    hasFailed: () => state.hasFailed,
    kill: async () => {
      blow.abort();
      await settled;
    },
  };
}

const isTrue = async (question: string, values: unknown[] = []) =>
  (await house.database.query<{ yes: boolean }>(question, values)).rows[0]?.yes === true;

async function killInMigration(): Promise<void> {
  const start = beginComing();
  await expect.poll(() => isTrue(isMigrating), { interval: 5, timeout: 60_000 }).toBe(true);
  await sleep(Math.random() * 400);
  await start.kill();
}

/** Two at once, until the database is theirs. */
async function startTwice(): Promise<void> {
  const starts = [beginComing(), beginComing()];
  const isDone = () => isTrue(isMigrated, [coming.newest()]);
  await expect.poll(isDone, { interval: 20, timeout: 170_000 }).toBe(true);
  expect(starts.map((start) => start.hasFailed())).toEqual([false, false]);
  for (const start of starts) await start.kill();
}

it(
  "G26: a version migrates under the traffic of the one before, killed in the middle and started twice at once",
  async () => {
    const { server, admin } = house;
    const folder = mkdtempSync(join(tmpdir(), "latchkey-ledger-"));
    const ledger = new Ledger(join(folder, "ledger"));
    const watch = watchLocks(server.dataDir);
    const load = startLoad(server.url, admin.signer, ledger, 4);
    let version = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      coming.add(...changes((version += 1)));
      await killInMigration();
    }
    for (let start = 0; start < doubleStarts; start += 1) {
      coming.add(...changes((version += 1)));
      await startTwice();
    }
    const last = await startServer({ dataDir: server.dataDir, cwd: coming.folder });
    await last.stop();
    await load.stop();
    const { longest, gap } = await watch.stop();
    const verdict = await checkLedger(server.dataDir, ledger);
    const seen = Object.fromEntries(load.seen);
    report("G26 migrate/forward", {
      credentials,
      kills,
      "double starts": doubleStarts,
      "longest lock in ms": longest,
      ...verdict,
      answers: JSON.stringify(seen),
    });
    expect(Object.keys(seen).filter((what) => !what.startsWith("2"))).toEqual([]);
    expect(seen["200"]).toBeGreaterThan(version);
    expect(verdict).toEqual({ missing: 0, half: 0, doubled: 0, extra: 0, refused: 0 });
    expect(longest).toBeLessThan(1_000 + gap);
    const made = await withDatabase(server.dataDir, (client) => client.query(whatWasMade));
    expect(made.rows).toEqual([
      { tables: String(version), columns: String(version * 2), indexes: String(version * 2) },
    ]);
  },
  patience,
);

const isMigrating =
  "select exists (select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and (classid::bigint << 32) + objid::bigint = 7209154331) as yes";
const isMigrated = "select max(created_at) = $1 as yes from drizzle.__drizzle_migrations";

const whatWasMade = `select
  (select count(*) from pg_class where relkind = 'r' and relname like 'coming%') as tables,
  (select count(*) from pg_attribute where attrelid in ('users'::regclass, 'credentials'::regclass)
     and attname like 'coming%') as columns,
  (select count(*) from pg_index join pg_class on pg_class.oid = indexrelid
     where indisvalid and indisready and relname like '%\\_coming\\_%' and relname not like 'coming%') as indexes`;
