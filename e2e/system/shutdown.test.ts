import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, it, onTestFinished } from "vitest";

import { adminPassword, settleAdministrator } from "../support/console-session";
import { dataSettings, ensureDatabase, isEmbedded, rowsOf } from "../support/database";
import { failedStart } from "../support/failed-start";
import { ask, canSignIn } from "../support/people";
import { isAlive, postmasterOf } from "../support/processes";
import { isFull, report, tally } from "../support/race";
import { freePort, type RunningServer, startServer } from "../support/server";
import { type Call, loopCalls } from "../support/steady-load";

const newFolder = () => mkdtempSync(join(tmpdir(), "latchkey-e2e-"));

/** A server that the test may end itself; the end of the test ends what is left. */
async function start(options: Parameters<typeof startServer>[0] = {}): Promise<RunningServer> {
  const server = await startServer(options);
  onTestFinished(async () => void (await server.stop()));
  return server;
}

it("G27: SIGTERM under load drops nothing on reused connections, and the embedded PostgreSQL stops with the last server", async () => {
  const rounds = isFull ? 100 : 3;
  let server = await start();
  const { signer } = await settleAdministrator(server);
  const calls: Call[] = [];
  let slowestExit = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Whoever asks this watches for the goodbye; the drain then takes its second.
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const agents = Array.from({ length: 16 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
    const load = agents.map((agent) => loopCalls(server.url, signer, agent, calls));
    await sleep(500);
    const postmaster = isEmbedded ? postmasterOf(server.dataDir) : undefined;
    const since = performance.now();
    expect(await server.stop()).toBe(0);
    slowestExit = Math.max(slowestExit, performance.now() - since);
    await Promise.all(load);
    if (postmaster !== undefined) expect(isAlive(postmaster)).toBe(false);
    expect(existsSync(join(server.dataDir, "postgres", "postmaster.pid"))).toBe(false);
    server = await start({ dataDir: server.dataDir, port: server.port });
    expect(server.firstPassword).toBeUndefined();
    const path = `/users/${signer.userId}/apiKeys`;
    expect((await ask(server.url, signer, { method: "GET", path })).status).toBe(200);
  }
  const answered = calls.filter(({ outcome }) => outcome === "200");
  const dropped = calls.filter(({ outcome, isReused }) => isReused && outcome !== "200");
  report("G27 shutdown/sigterm", {
    rounds,
    answered: answered.length,
    "on reused connections": answered.filter(({ isReused }) => isReused).length,
    dropped: dropped.length,
    "slowest exit in ms": Math.round(slowestExit),
    ...tally(calls.map(({ outcome }) => outcome)),
  });
  expect(answered.length).toBeGreaterThan(100);
  expect(tally(dropped.map(({ outcome }) => outcome))).toEqual({});
  expect(slowestExit).toBeLessThan(15_000);
});

// Another PostgreSQL is neither adopted nor stopped.
it.runIf(isEmbedded)(
  "a second server adopts the database, and whoever goes last stops it",
  async () => {
    const first = await start();
    const { signer } = await settleAdministrator(first);
    const second = await start({ dataDir: first.dataDir });
    const postmaster = postmasterOf(first.dataDir);
    expect(second.firstPassword).toBeUndefined();
    await first.stop();
    const path = `/users/${signer.userId}/apiKeys`;
    expect((await ask(second.url, signer, { method: "GET", path })).status).toBe(200);
    expect(postmasterOf(first.dataDir)).toBe(postmaster);
    await second.stop();
    expect(isAlive(postmaster)).toBe(false);
  },
);

it("the one-time password is shown by one start only, and made anew when no start showed it", async () => {
  const first = await start();
  const shown = first.firstPassword ?? "";
  expect(first.output().split("One-time password for admin:")).toHaveLength(2);
  await first.stop();
  const second = await start({ dataDir: first.dataDir });
  expect(second.output()).not.toContain("One-time password");
  // As if the first start had died after its commit and before its line.
  await rowsOf(first.dataDir, "delete from settings where key = 'first-password-shown'");
  await second.kill();
  const third = await start({ dataDir: first.dataDir });
  const again = third.firstPassword ?? "";
  expect(again).not.toBe("");
  expect(again).not.toBe(shown);
  expect(await canSignIn(third.url, "admin", shown)).toBe(false);
  await settleAdministrator(third);
  // Somebody signed in: from now on nothing makes another, whatever the note says.
  await rowsOf(first.dataDir, "delete from settings where key = 'first-password-shown'");
  await third.kill();
  const fourth = await start({ dataDir: first.dataDir });
  expect(fourth.output()).not.toContain("One-time password");
  expect(await canSignIn(fourth.url, "admin", adminPassword)).toBe(true);
});

const isSentence = (text: string) => !/^\s+at /m.test(text) && /^[A-Z][^\n]*\.$/m.test(text);

it("a port in use is said in a sentence, and no database is left behind", async () => {
  const server = await start();
  const dataDir = newFolder();
  await ensureDatabase(dataDir);
  const failed = await failedStart({ PORT: String(server.port), ...dataSettings(dataDir) });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(`Port ${server.port} is in use`);
  expect(isSentence(failed.stderr)).toBe(true);
  expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

it("a data directory that cannot be written is said in a sentence", async () => {
  const file = join(newFolder(), "a-file");
  writeFileSync(file, "");
  const failed = await failedStart({
    PORT: String(await freePort()),
    LATCHKEY_DATA: join(file, "data"),
  });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(file);
  expect(isSentence(failed.stderr)).toBe(true);
});

it("a file where the data directory should be is said in a sentence", async () => {
  const file = join(newFolder(), "a-file");
  writeFileSync(file, "");
  const failed = await failedStart({ PORT: String(await freePort()), LATCHKEY_DATA: file });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(file);
  expect(isSentence(failed.stderr)).toBe(true);
});

it("another master key is refused, and the right one goes on", async () => {
  const first = await start();
  await first.stop();
  const failed = await failedStart({
    PORT: String(await freePort()),
    ...dataSettings(first.dataDir),
    LATCHKEY_MASTER_KEY: randomBytes(32).toString("base64"),
  });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("LATCHKEY_MASTER_KEY");
  expect(isSentence(failed.stderr)).toBe(true);
  const again = await start({ dataDir: first.dataDir });
  expect(await canSignIn(again.url, "admin", first.firstPassword ?? "")).toBe(true);
});

it("a signal during the start ends it in order: no ready line, no database left behind", async () => {
  for (const milliseconds of [30, 150, 400, 700]) {
    const dataDir = newFolder();
    await ensureDatabase(dataDir);
    const env = { PORT: String(await freePort()), ...dataSettings(dataDir) };
    const stopped = await failedStart(env, { stopAfterMilliseconds: milliseconds });
    expect(stopped.stderr).toBe("");
    const isReady = stopped.stdout.includes("Latchkey is ready");
    expect(isReady && stopped.stdout.indexOf("stopping") < stopped.stdout.indexOf("ready")).toBe(
      false,
    );
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  }
});

it("a DATABASE_URL that leads nowhere is said in a sentence without its password", async () => {
  const port = await freePort();
  const failed = await failedStart({
    PORT: String(await freePort()),
    LATCHKEY_DATA: newFolder(),
    DATABASE_URL: `postgres://somebody:Very-Secret-7@127.0.0.1:${port}/latchkey`,
  });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("DATABASE_URL");
  expect(isSentence(failed.stderr)).toBe(true);
  expect(failed.stderr + failed.stdout).not.toContain("Very-Secret-7");
});
