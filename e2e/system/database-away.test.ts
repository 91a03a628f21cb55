import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ConsoleSession, settleAdministrator } from "../support/console-session";
import {
  countOf,
  databaseUrlAtPort,
  isEmbedded,
  listeningAt,
  withDatabase,
} from "../support/database";
import { postgresProcesses } from "../support/processes";
import { isFull, report } from "../support/race";
import { headersOf, missingHeaders } from "../support/security-headers";
import { type RunningServer, startServer } from "../support/server";
import { call, type Signer } from "../support/signer";
import { type SilentProxy, startSilentProxy } from "../support/silent-proxy";

/** Longer than a connection may say nothing while it is asked; shorter than the pool keeps it. */
const longRest = 8_000;
const silences = isFull ? 60 : 10;
let server: RunningServer;
let session: ConsoleSession;
let signer: Signer;

beforeAll(async () => {
  server = await startServer();
  ({ session, signer } = await settleAdministrator(server));
});
afterAll(() => server.stop());

const signal = (name: NodeJS.Signals) => {
  for (const pid of postgresProcesses(server.dataDir)) process.kill(pid, name);
};

const ask = () => call(server.url, signer, { method: "GET", path: `/users/${signer.userId}` });

// Another PostgreSQL belongs to somebody else and is not to be halted.
describe.runIf(isEmbedded)("a database that does not answer", () => {
  it("makes pages and API a 503 that says when to come back, and all is well when it answers again", async () => {
    signal("SIGSTOP");
    try {
      const page = await session.get("/profile/api-keys");
      expect(page.status).toBe(503);
      expect(page.headers.get("retry-after")).toBe("5");
      expect(await page.text()).toContain("The database is away");
      expect(missingHeaders(page.headers)).toEqual([]);
      const reply = await ask();
      expect([reply.status, reply.body]).toMatchObject([503, { code: "ServiceUnavailable" }]);
      expect(Number(reply.headers["retry-after"])).toBeGreaterThan(0);
      expect(missingHeaders(headersOf(reply.headers))).toEqual([]);
      const ready = await fetch(`${server.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(missingHeaders(ready.headers)).toEqual([]);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    } finally {
      signal("SIGCONT");
    }
    await expect.poll(async () => (await ask()).status, { timeout: 20_000 }).toBe(200);
    const page = await session.get("/profile/api-keys");
    expect([page.status, page.headers.get("retry-after")]).toEqual([200, null]);
  });
});

describe("a network that swallows what is sent to the database", () => {
  let proxy: SilentProxy;
  let distant: RunningServer;

  beforeAll(async () => {
    proxy = await startSilentProxy(listeningAt(server.dataDir));
    const DATABASE_URL = databaseUrlAtPort(server.dataDir, proxy.port);
    distant = await startServer({ dataDir: server.dataDir, env: { DATABASE_URL } });
  });
  afterAll(async () => {
    await distant?.stop();
    await proxy?.stop();
  });

  const path = () => `/users/${signer.userId}/authTokens`;
  const list = () => call(distant.url, signer, { method: "GET", path: path() });

  /** Answers how long each request waited for its 503. */
  async function silence({ after = 0 } = {}): Promise<Record<string, number>> {
    // As many connections at once as the requests below come one after the other.
    const crowd = await Promise.all(Array.from({ length: 8 }, list));
    expect(crowd.map(({ status }) => status)).toEqual(crowd.map(() => 200));
    await sleep(after);
    const milliseconds: Record<string, number> = {};
    const timed = async (name: string, asked: Promise<{ status: number }>) => {
      const since = performance.now();
      expect([name, (await asked).status]).toEqual([name, 503]);
      milliseconds[name] = Math.round(performance.now() - since);
    };
    await withDatabase(server.dataDir, async (client) => {
      await client.query("begin");
      await client.query("select id from users where id = $1 for update", [signer.userId]);
      const creation = call(distant.url, signer, {
        method: "POST",
        path: path(),
        body: { description: "in the middle" },
      });
      await expect.poll(() => countOf(server.dataDir, waiting)).toBe(1);
      proxy.fallSilent();
      const browser = new ConsoleSession(distant.url);
      for (const [name, value] of session.cookies) browser.cookies.set(name, value);
      await Promise.all([
        timed("in a transaction", creation),
        timed("signed", list()),
        timed("page", browser.get("/profile/api-keys")),
      ]);
    });
    proxy.recover();
    const since = performance.now();
    await expect.poll(async () => (await list()).status, { timeout: 20_000 }).toBe(200);
    milliseconds["recovery"] = Math.round(performance.now() - since);
    // No request pays for a connection that lay idle when the network fell silent.
    for (let left = crowd.length; left > 0; left -= 1) expect((await list()).status).toBe(200);
    return milliseconds;
  }

  it("G22: makes everything a 503 after one wait for a statement, and all is well when it is mended", async () => {
    const slowest: Record<string, number> = {};
    for (let round = 0; round < silences; round += 1)
      for (const [name, wait] of Object.entries(
        await silence({ after: round === 0 ? longRest : 0 }),
      ))
        slowest[name] = Math.max(slowest[name] ?? 0, wait);
    report("G22 crash/half-open", { silences, ...slowest });
    for (const wait of Object.values(slowest)) expect(wait).toBeLessThan(10_000);
  });

  it("does not keep a server from ending", async () => {
    proxy.fallSilent();
    // Cut short, which it says; without a limit it would wait for the database's farewell for ever.
    expect(await distant.stop()).toBe(1);
    expect(distant.output()).toContain("the stop took too long and was cut short");
  });
});

const waiting =
  "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
