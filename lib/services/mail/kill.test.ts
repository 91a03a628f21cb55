import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

import { enqueueNotice, setStage, settled, startMailServer } from "./stage.fixture";

const root = join(import.meta.dirname, "../../..");
/** Below `node_modules`, so that the bundle finds its packages and git ignores it. */
const directory = join(root, "node_modules/.cache", `latchkey-kill-${process.pid}`);
const bundle = join(directory, "worker-process.mjs");

let stage: Awaited<ReturnType<typeof setStage>>;
beforeAll(async () => {
  stage = await setStage();
  await mkdir(directory, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, "worker-process.fixture.ts")],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    alias: { "server-only": join(root, "lib/config/empty.ts"), "@": root },
  });
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await stage.strike();
});

it("killing the sending process five times loses no mail and repeats at most one each time", async () => {
  const server = await startMailServer();
  const start = () => startProcess(`smtp://127.0.0.1:${server.port}`);
  const kills = 5;
  await Promise.all(
    Array.from({ length: 60 }, (_, index) => enqueueNotice(`user${index}@example.com`)),
  );
  for (let kill = 0; kill < kills; kill += 1) {
    const before = server.received.length;
    const child = start();
    await expect
      .poll(() => server.received.length, { timeout: 10_000, interval: 1 })
      .toBeGreaterThan(before + kill);
    await end(child);
  }
  const last = start();
  await settled();
  await end(last);
  const ids = server.received.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(60);
  // One a kill, whichever mail it hits: two kills may hit the same one.
  expect(ids.length - 60).toBeLessThanOrEqual(kills);
  await server.close();
});

function startProcess(smtpUrl: string): ChildProcess {
  const settings = {
    databaseUrl: stage.database.url,
    smtpUrl,
    masterKey: stage.masterKey,
    tenancy: stage.tenancy,
  };
  return spawn(process.execPath, [bundle, JSON.stringify(settings)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
