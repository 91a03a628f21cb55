import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, it } from "vitest";

import { settleAdministrator } from "../support/console-session";
import { countOf, isEmbedded, withDatabase } from "../support/database";
import { Ledger } from "../support/ledger";
import { checkLedger } from "../support/ledger-check";
import { type Load, startLoad } from "../support/ledgered-load";
import { ask } from "../support/people";
import { killPostgres, postmasterOf } from "../support/processes";
import { isFull, report } from "../support/race";
import { type RunningServer, startServer } from "../support/server";
import type { Signer } from "../support/signer";

const kills = isFull ? 100 : 10;
const stops = isFull ? 60 : 10;
const terminations = isFull ? 5_000 : 200;
const clients = 6;
let server: RunningServer;
let admin: Signer;
let judged = 0;

beforeAll(async () => {
  server = await startServer();
  admin = (await settleAdministrator(server)).signer;
});
afterAll(() => server?.stop());

/** One for all tests: what the first was told must outlive the crashes of the last. */
const ledger = new Ledger(join(mkdtempSync(join(tmpdir(), "latchkey-ledger-")), "ledger"));
const someMoments = () => sleep(150 + Math.random() * 700);

async function untilServed(): Promise<number> {
  const since = performance.now();
  for (;;) {
    const path = `/users/${admin.userId}/apiKeys`;
    const reply = await ask(server.url, admin, { method: "GET", path }).catch(() => undefined);
    if (reply?.status === 200) return performance.now() - since;
    if (performance.now() - since > 60_000) throw new Error("The server did not come back.");
    await sleep(20);
  }
}

/** A stop and a start in peace, timed. */
async function cleanStart(): Promise<number> {
  await server.stop();
  const since = performance.now();
  server = await startServer({ port: server.port, dataDir: server.dataDir });
  await untilServed();
  return performance.now() - since;
}

async function judge(goal: string, load: Load, counts: Record<string, number>): Promise<void> {
  const verdict = await checkLedger(server.dataDir, ledger);
  const lines = ledger.lines().slice(judged);
  judged += lines.length;
  const requests = lines.filter(({ outcome }) => outcome === "asked").length;
  const done = lines.filter(({ outcome }) => outcome === "done").length;
  const seen = [...load.seen].map(([what, count]) => `${what}: ${count}`).join("; ");
  report(goal, { kills, requests, done, ...counts, ...verdict, answers: `{${seen}}` });
  expect(verdict).toEqual({ missing: 0, half: 0, doubled: 0, extra: 0, refused: 0 });
  // A ledger of a server that never answered proves nothing.
  expect(done).toBeGreaterThan(kills * 5);
  expect(load.seen.get("500") ?? 0).toBe(0);
  expect(load.withoutRetryAfter()).toBe(0);
}

it("G20: killing the server ten times under load loses, halves and doubles nothing", async () => {
  const unhurried = await cleanStart();
  const load = startLoad(server.url, admin, ledger, clients);
  let slowest = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await someMoments();
    await server.kill();
    const since = performance.now();
    server = await startServer({ port: server.port, dataDir: server.dataDir });
    await untilServed();
    slowest = Math.max(slowest, performance.now() - since);
  }
  await load.stop();
  await judge("G20 crash/app-kill9", load, { "slowest start in ms": Math.round(slowest) });
  // On a machine so busy that even a start in peace takes long, the crash may cost as much again and more.
  expect(slowest).toBeLessThan(Math.max(5_000, unhurried * 4));
});

// Another PostgreSQL belongs to somebody else and is not to be killed.
it.runIf(isEmbedded)(
  "G21: killing PostgreSQL ten times loses nothing, and the server comes back by itself",
  async () => {
    const load = startLoad(server.url, admin, ledger, clients);
    const { pid } = server;
    let slowest = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      await someMoments();
      killPostgres(server.dataDir);
      slowest = Math.max(slowest, await untilServed());
    }
    await load.stop();
    await judge("G21 crash/pg-kill9", load, {
      "slowest recovery in ms": Math.round(slowest),
    });
    expect(slowest).toBeLessThan(10_000);
    // The very process that saw all of it still serves.
    expect(server.pid).toBe(pid);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  },
);

// Another PostgreSQL belongs to somebody else and is not to be stopped.
it.runIf(isEmbedded)(
  "G22: stopping PostgreSQL ten times in order is a 503 and nothing else, and it comes back by itself",
  async () => {
    const load = startLoad(server.url, admin, ledger, clients);
    const recoveries: number[] = [];
    for (let stop = 0; stop < stops; stop += 1) {
      await someMoments();
      // What pg_ctl sends for its stop in mode fast.
      process.kill(postmasterOf(server.dataDir), "SIGINT");
      recoveries.push(await untilServed());
    }
    await load.stop();
    const slowest = Math.round(Math.max(...recoveries));
    await judge("G22 crash/pg-restart", load, { stops, "slowest recovery in ms": slowest });
    expect(answersOf(load)).toEqual([]);
    await fillsItsPool();
  },
);

it("G22: ending two hundred connections under load is a 503 and nothing else", async () => {
  const load = startLoad(server.url, admin, ledger, clients);
  let ended = 0;
  await withDatabase(server.dataDir, async (client) => {
    while (ended < terminations) {
      const { rowCount } = await client.query(endOneConnection);
      ended += rowCount ?? 0;
      // As fast as the server serves all the same, however busy the machine is.
      for (const before = servedBy(load); servedBy(load) === before;) await sleep(2);
    }
  });
  await untilServed();
  await load.stop();
  await judge("G22 crash/terminate", load, { ended });
  expect(answersOf(load)).toEqual([]);
  await fillsItsPool();
});

const servedBy = ({ seen }: Load) =>
  [...seen].reduce((sum, [answer, count]) => sum + (answer.startsWith("2") ? count : 0), 0);

const endOneConnection = `select pg_terminate_backend(pid) from pg_stat_activity
  where application_name = 'latchkey' and datname = current_database() order by random() limit 1`;

/** What clients got besides success and 503. */
const answersOf = ({ seen }: Load) =>
  [...seen.keys()].filter((answer) => !/^(2..|503)$/.test(answer));

/** As many requests at once as there may be connections all find one, and no lost one is counted as held. */
async function fillsItsPool(): Promise<void> {
  const path = `/users/${admin.userId}/apiKeys`;
  const crowd = Array.from({ length: 32 }, () => ask(server.url, admin, { method: "GET", path }));
  expect(new Set((await Promise.all(crowd)).map(({ status }) => status))).toEqual(new Set([200]));
  const open =
    "select count(*) from pg_stat_activity where application_name = 'latchkey' and datname = current_database()";
  await expect.poll(() => countOf(server.dataDir, open)).toBeLessThanOrEqual(poolSize);
}

const poolSize = 16;
