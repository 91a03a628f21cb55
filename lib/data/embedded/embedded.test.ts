import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";

import { type Embedded, startEmbedded } from "@/lib/data/embedded";

import { packageFolder } from "./binaries";
import { EmbeddedError, processProblem } from "./embedded-error";

const running: Embedded[] = [];
const isRoot = process.geteuid?.() === 0;

afterEach(async () => {
  for (const embedded of running.splice(0)) await embedded.stop();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(
  dataDir: string,
  binariesFolder = packageFolder(),
): Promise<Embedded & { lines: string[] }> {
  const lines: string[] = [];
  const log = {
    info: (line: string) => lines.push(line),
    warn: (line: string) => lines.push(line),
  };
  const embedded = await startEmbedded({ dataDir, log, binariesFolder });
  running.push(embedded);
  return { ...embedded, lines };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

/** Asks until the server answers again. */
async function askPatiently(url: string, sql: string): Promise<unknown> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await ask(url, sql);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}

function postmasterPid(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
}

async function refusal(dataDir: string): Promise<EmbeddedError> {
  const outcome = await start(dataDir).catch((error: unknown) => error);
  if (outcome instanceof EmbeddedError) return outcome;
  throw new Error("expected an EmbeddedError", { cause: outcome });
}

const ask1 = "select 1 as answer";

describe("the embedded PostgreSQL", () => {
  it("starts from nothing, durable, private and not as root, and starts again with its data", async () => {
    const dataDir = temporaryFolder();
    const began = performance.now();
    const first = await start(dataDir);
    const firstTook = performance.now() - began;
    expect(await ask(first.url, "select current_setting('fsync') as answer")).toBe("on");
    expect(await ask(first.url, "select current_setting('listen_addresses') as answer")).toBe("");
    expect(await ask(first.url, "select current_setting('shared_buffers') as answer")).toMatch(
      /^\d{2,3}MB$/,
    );
    expect(statSync(join(dataDir, "run")).mode & 0o777).toBe(0o700);
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(
      isRoot ? 65_534 : process.geteuid?.(),
    );
    await ask(first.url, "create table kept as select 7 as answer");
    await first.stop();
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);

    const beganAgain = performance.now();
    const second = await start(dataDir);
    // Nothing is made anew.
    expect(performance.now() - beganAgain).toBeLessThan(firstTook);
    expect(await ask(second.url, "select answer from kept")).toBe(7);
  });

  it("comes back after kill -9, also when it was adopted, and keeps what was committed", async () => {
    const dataDir = temporaryFolder();
    const owner = await start(dataDir);
    await ask(owner.url, "create table kept as select 8 as answer");
    process.kill(postmasterPid(dataDir), "SIGKILL");
    expect(await askPatiently(owner.url, "select answer from kept")).toBe(8);

    const adopter = await start(dataDir);
    const firstPid = postmasterPid(dataDir);
    process.kill(firstPid, "SIGKILL");
    expect(await askPatiently(adopter.url, "select answer from kept")).toBe(8);
    expect(postmasterPid(dataDir)).not.toBe(firstPid);
  });

  it("is adopted by a second launcher and stopped only by the last one", async () => {
    const dataDir = temporaryFolder();
    const [first, second] = await Promise.all([start(dataDir), start(dataDir)]);
    const pid = postmasterPid(dataDir);
    expect(
      [...first.lines, ...second.lines].filter((line) => line.includes("already runs")),
    ).toHaveLength(1);
    await first.stop();
    expect(await ask(second.url, ask1)).toBe(1);
    expect(postmasterPid(dataDir)).toBe(pid);
    await second.stop();
    await expect(ask(second.url, ask1)).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  });

  it("is left running while somebody else is connected", async () => {
    const dataDir = temporaryFolder();
    const embedded = await start(dataDir);
    const other = await connect(embedded.url);
    await embedded.stop();
    expect((await other.query(ask1)).rows).toEqual([{ answer: 1 }]);
    await other.end();
    await start(dataDir);
  });

  it("outlives the locks of a killed server and of a killed launcher", async () => {
    const dataDir = temporaryFolder();
    const embedded = await start(dataDir);
    await embedded.stop();
    // A process that runs, but is no PostgreSQL: what a reused number looks like.
    const stranger = spawn("sleep", ["60"]);
    onTestFinished(() => void stranger.kill("SIGKILL"));
    const cluster = join(dataDir, "postgres");
    writeFileSync(
      join(cluster, "postmaster.pid"),
      `${stranger.pid}\n${cluster}\n1\n5432\n${dataDir}/run\n\n  1 1\nready\n`,
    );
    writeFileSync(join(dataDir, "run", ".s.PGSQL.5432.lock"), `${stranger.pid}\n`);
    writeFileSync(join(dataDir, "postgres.lock"), `${stranger.pid} 12345`);
    const again = await start(dataDir);
    expect(await ask(again.url, ask1)).toBe(1);
  });

  it("starts beside what a start left behind that was killed in its first second", async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, "postgres.new-killed", "base"), { recursive: true });
    const embedded = await start(dataDir);
    expect(await ask(embedded.url, ask1)).toBe(1);
    expect(existsSync(join(dataDir, "postgres.new-killed"))).toBe(false);
  });

  it("starts where install scripts were blocked and the links to the libraries are missing", async () => {
    const dataDir = temporaryFolder();
    const copy = join(temporaryFolder(), "package");
    cpSync(packageFolder(), copy, { recursive: true, verbatimSymlinks: true });
    const links: { target: string }[] = JSON.parse(
      readFileSync(join(copy, "native", "pg-symlinks.json"), "utf8"),
    );
    for (const { target } of links) rmSync(join(copy, target));
    const embedded = await start(dataDir, copy);
    expect(await ask(embedded.url, ask1)).toBe(1);
  });

  it.runIf(isRoot)(
    "starts as root below a folder that only root may enter, and still does when it moves",
    async () => {
      const parent = temporaryFolder();
      const dataDir = join(parent, "data");
      const open = await start(dataDir);
      await ask(open.url, "create table kept as select 9 as answer");
      await open.stop();
      chmodSync(parent, 0o700);
      const closed = await start(dataDir);
      expect(await ask(closed.url, "select answer from kept")).toBe(9);
      await closed.stop();
      chmodSync(parent, 0o755);
      const openAgain = await start(dataDir);
      expect(await ask(openAgain.url, "select answer from kept")).toBe(9);
    },
  );

  it("finds a short place for its socket when the data directory's path is long", async () => {
    const dataDir = join(temporaryFolder(), "d".repeat(100));
    const embedded = await start(dataDir);
    const socketFolder = new URL(embedded.url).searchParams.get("host") ?? "";
    onTestFinished(() => rmSync(socketFolder, { recursive: true, force: true }));
    expect(await ask(embedded.url, ask1)).toBe(1);
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
  });
});

describe("a bad state is told in a sentence", () => {
  it("data of another major version", async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, "postgres"));
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "16\n");
    expect((await refusal(dataDir)).message).toMatch(
      /made by PostgreSQL 16, and this Latchkey brings PostgreSQL 18/,
    );
  });

  it("a folder that holds something else", async () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, "postgres"));
    writeFileSync(join(dataDir, "postgres", "thesis.txt"), "");
    expect((await refusal(dataDir)).message).toMatch(/is not empty and holds no PostgreSQL data/);
    expect(existsSync(join(dataDir, "postgres", "thesis.txt"))).toBe(true);
  });

  it("a data directory that cannot be made", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect((await refusal(join(folder, "file", "data"))).message).toMatch(
      /cannot write to .*point LATCHKEY_DATA elsewhere/,
    );
  });

  it.runIf(process.platform === "linux")(
    "a data directory where the system takes none",
    async () => {
      expect((await refusal("/proc/latchkey")).message).toMatch(
        /cannot write to \/proc\/latchkey .*point LATCHKEY_DATA elsewhere/,
      );
    },
  );

  it.runIf(isRoot)("a data directory of somebody else", async () => {
    const folder = temporaryFolder();
    process.seteuid?.(1);
    onTestFinished(() => process.seteuid?.(0));
    expect((await refusal(folder)).message).toMatch(/cannot write to .*EACCES/);
    process.seteuid?.(0);
  });

  it("a broken binary", async () => {
    const copy = join(temporaryFolder(), "package");
    mkdirSync(join(copy, "native", "bin"), { recursive: true });
    writeFileSync(join(copy, "package.json"), '{"version":"18.4.0"}');
    writeFileSync(join(copy, "native", "bin", "postgres"), "no program", { mode: 0o755 });
    await expect(start(temporaryFolder(), copy)).rejects.toThrow(
      /cannot be executed: .*Delete node_modules/,
    );
  });

  it.each([
    'FATAL:  could not write lock file "postmaster.pid": No space left on device',
    'ERROR:  could not extend file "base/1/1255": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.\nPANIC:  stuck',
  ])("a full disk (%s)", (words) => {
    expect(processProblem("/var/lib/latchkey", words).message).toBe(
      "The disk that holds /var/lib/latchkey is full. Free some space and start again.",
    );
  });

  it("anything else, in PostgreSQL's own words", () => {
    const words = [
      '2026-01-02 03:04:05.678 UTC [7] FATAL:  configuration file "postgresql.conf" contains errors',
      "2026-01-02 03:04:05.679 UTC [8] FATAL:  the database system is starting up",
    ];
    expect(processProblem("/var/lib/latchkey", words.join("\n")).message).toBe(
      'The embedded PostgreSQL did not start: FATAL:  configuration file "postgresql.conf" contains errors',
    );
  });
});
