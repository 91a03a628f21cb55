import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { settleAdministrator } from "../support/console-session";
import { dataSettings, isEmbedded } from "../support/database";
import { failedStart } from "../support/failed-start";
import { Ledger } from "../support/ledger";
import { checkLedger } from "../support/ledger-check";
import { startLoad } from "../support/ledgered-load";
import { isFull, report } from "../support/race";
import { freePort, type RunningServer, startServer } from "../support/server";
import { call, type Signer } from "../support/signer";
import { hasSmallDisks, makeSmallDisk, type SmallDisk } from "../support/small-disk";

const rounds = isFull ? 10 : 1;

// Another PostgreSQL has a disk that belongs to somebody else; and a container may keep its root from mounting one.
describe.runIf(isEmbedded && hasSmallDisks)("a full disk", () => {
  let disk: SmallDisk;
  let server: RunningServer;
  let admin: Signer;

  beforeAll(async () => {
    disk = await makeSmallDisk(160);
    server = await startServer({ dataDir: disk.dataDir, prefix: disk.prefix });
    admin = (await settleAdministrator(server)).signer;
  });
  afterAll(async () => {
    await server?.stop();
    await disk?.stop();
  });

  const read = () => call(server.url, admin, { method: "GET", path: `/users/${admin.userId}` });

  it("G23: is a 503 to those who write, loses and halves nothing, and all is well once there is room", async () => {
    const ledger = new Ledger(join(mkdtempSync(join(tmpdir(), "latchkey-ledger-")), "ledger"));
    const load = startLoad(server.url, admin, ledger, 4);
    const counts = () => Object.fromEntries(load.seen);
    const { pid } = server;
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = counts()["503"] ?? 0;
      disk.fill();
      await expect
        .poll(() => counts()["503"] ?? 0, { timeout: 60_000 })
        .toBeGreaterThan(before + 20);
      const reads = await Promise.all(Array.from({ length: 5 }, read));
      expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      disk.free();
      const since = performance.now();
      const done = counts()["200"] ?? 0;
      await expect.poll(() => counts()["200"] ?? 0, { timeout: 60_000 }).toBeGreaterThan(done + 20);
      slowest = Math.max(slowest, performance.now() - since);
    }
    await load.stop();
    const verdict = await checkLedger(disk.dataDir, ledger);
    report("G23 fault/disk-full", {
      rounds,
      ...verdict,
      "slowest recovery in ms": Math.round(slowest),
      answers: JSON.stringify(counts()),
    });
    expect(verdict).toEqual({ missing: 0, half: 0, doubled: 0, extra: 0, refused: 0 });
    expect(Object.keys(counts()).toSorted()).toEqual(["200", "204", "503"]);
    expect(load.withoutRetryAfter()).toBe(0);
    expect(server.pid).toBe(pid);
  });

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
    server = await startServer({ dataDir: disk.dataDir, prefix: disk.prefix });
    expect((await read()).status).toBe(200);
  });
});
