import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { settleAdministrator } from "../support/console-session";
import { dataSettings, isEmbedded, withDatabase } from "../support/database";
import { failedStart } from "../support/failed-start";
import { Ledger } from "../support/ledger";
import { checkLedger } from "../support/ledger-check";
import { startLoad } from "../support/ledgered-load";
import { isFull, report } from "../support/race";
import { freePort, type RunningServer, startServer } from "../support/server";
import { call, type Signer } from "../support/signer";
import { hasSmallDisks, makeSmallDisk, type SmallDisk } from "../support/small-disk";

const rounds = isFull ? 10 : 1;
const some = 20;

// Another PostgreSQL has a disk that belongs to somebody else; and a container may keep its root from mounting one.
describe.runIf(isEmbedded && hasSmallDisks)("a full disk", () => {
  let disk: SmallDisk;
  let server: RunningServer;
  let admin: Signer;

  /** One for all tests: what the first was told must outlive the full disks of the last. */
  const ledger = new Ledger(join(mkdtempSync(join(tmpdir(), "latchkey-ledger-")), "ledger"));
  const start = () => startServer({ dataDir: disk.dataDir, prefix: disk.prefix });

  beforeAll(async () => {
    disk = await makeSmallDisk(160);
    server = await start();
    admin = (await settleAdministrator(server)).signer;
  });
  afterAll(async () => {
    await server?.stop();
    await disk?.stop();
  });

  const read = () => call(server.url, admin, { method: "GET", path: `/users/${admin.userId}` });

  /** Fills the disk under load, `whileFull`, and makes room again, some times; then nothing may be lost. */
  async function survive(goal: string, whileFull: () => Promise<void>): Promise<void> {
    const load = startLoad(server.url, admin, ledger, 4);
    const count = (status: string) => load.seen.get(status) ?? 0;
    const more = async (status: string) => {
      const before = count(status);
      await expect.poll(() => count(status), { timeout: 90_000 }).toBeGreaterThan(before + some);
    };
    const { pid } = server;
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      await more("200");
      disk.fill();
      await more("503");
      await whileFull();
      disk.free();
      const since = performance.now();
      await more("200");
      slowest = Math.max(slowest, performance.now() - since);
    }
    await load.stop();
    const verdict = await checkLedger(disk.dataDir, ledger);
    const answers = JSON.stringify(Object.fromEntries(load.seen));
    report(goal, {
      rounds,
      ...verdict,
      "slowest recovery in ms": Math.round(slowest),
      answers,
    });
    expect(verdict).toEqual({ missing: 0, half: 0, doubled: 0, extra: 0, refused: 0 });
    expect([...load.seen.keys()].toSorted()).toEqual(["200", "204", "503"]);
    expect(load.withoutRetryAfter()).toBe(0);
    expect(server.pid).toBe(pid);
  }

  it("G23: with its write-ahead log, is a 503 to everybody, and PostgreSQL comes back once there is room", () =>
    survive("G23 fault/disk-full, WAL", async () => {
      const fillTheLog = withDatabase(disk.dataDir, async (client) => {
        for (;;)
          await client.query("select pg_logical_emit_message(false, 'e2e', repeat('x', 1000000))");
      });
      await expect(fillTheLog).rejects.toThrow();
      await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe(503);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    }));

  it("is told in a sentence at the start, and the start succeeds once there is room", async () => {
    await server.stop();
    disk.fill();
    const PORT = String(await freePort());
    const { code, stdout, stderr } = await failedStart(
      { ...dataSettings(disk.dataDir), PORT },
      { prefix: disk.prefix },
    );
    expect(code).toBe(1);
    expect(stdout).not.toContain("is ready");
    expect(stderr).toBe(
      `The disk that holds ${disk.dataDir} is full. Free some space and start again.\n`,
    );
    disk.free();
    server = await start();
    expect((await read()).status).toBe(200);
  });

  it("G23: without its write-ahead log, is a 503 to those who write, and reads go on", async () => {
    await server.stop();
    disk.moveAway("postgres/pg_wal");
    server = await start();
    await survive("G23 fault/disk-full, data", async () => {
      const reads = await Promise.all(Array.from({ length: 5 }, read));
      expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    });
  });
});
