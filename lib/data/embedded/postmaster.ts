import "server-only";

import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Binaries } from "./binaries";
import { type Connection, tryConnect } from "./connection";
import { EmbeddedError, processProblem } from "./embedded-error";
import type { Layout } from "./layout";
import { isPostmasterOf, isRunning } from "./processes";
import type { RunAs } from "./run-as";
import { memoryBytes, sharedMegabytes } from "./shared-memory";

const staleLockPatienceMs = 15_000;
const recoveryPatienceMs = 600_000;
/** Beyond every system's largest process number, so certainly dead. */
const deadPid = 2_147_483_646;

/** Starts PostgreSQL and waits until it answers. Outlives locks that a killed server left behind. */
export async function launchPostmaster(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs,
): Promise<Connection> {
  const deadline = Date.now() + staleLockPatienceMs;
  for (;;) {
    disarmStaleLocks(layout);
    const child = spawnPostmaster(layout, binaries, runAs);
    const answer = await waitUntilReady(
      layout,
      () => child.exitCode === null && child.signalCode === null,
    );
    if (answer !== undefined) return answer;
    const lastWords = readOrEmpty(layout.logFile);
    const isLocked = /lock file ".*" already exists|pre-existing shared memory block/.test(
      lastWords,
    );
    if (!isLocked || Date.now() > deadline) throw processProblem(layout.dataDir, lastWords);
    await sleep(100);
  }
}

/** Waits for a server that is starting, recovering or stopping; undefined once it is gone. */
export async function waitUntilReady(
  layout: Layout,
  isThere: () => boolean,
): Promise<Connection | undefined> {
  const deadline = Date.now() + recoveryPatienceMs;
  for (;;) {
    const wasThere = isThere();
    const answer = await tryConnect(layout.url);
    if (typeof answer === "object") return answer;
    if (!wasThere) return undefined;
    if (Date.now() > deadline)
      throw new EmbeddedError(
        `PostgreSQL has been starting for ten minutes; see ${layout.logFile}.`,
      );
    await sleep(5);
  }
}

/** The running server of this cluster, or undefined. */
export function postmasterPid(layout: Layout): number | undefined {
  const pid = pidIn(join(layout.cluster, "postmaster.pid"));
  return pid !== undefined && isPostmasterOf(pid, layout.cluster) ? pid : undefined;
}

/** Ends the server in order: it writes a checkpoint and the next start needs no recovery. */
export async function stopPostmaster(layout: Layout): Promise<void> {
  const pid = postmasterPid(layout);
  if (pid === undefined) return;
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + 60_000;
  while (isRunning(pid)) {
    if (Date.now() > deadline)
      throw new EmbeddedError(`PostgreSQL (process ${pid}) has not ended for a minute.`);
    await sleep(5);
  }
}

function spawnPostmaster(layout: Layout, binaries: Binaries, runAs: RunAs): ChildProcess {
  rmSync(layout.logFile, { force: true });
  const log = openSync(layout.logFile, "a", 0o600);
  const { file, args } = runAs.command(binaries.postgres, [
    "-D",
    layout.cluster,
    ...settings(layout),
  ]);
  // Detached: Ctrl-C in a terminal reaches the whole group, and the database must outlive the requests in flight.
  const child = spawn(file, args, {
    ...runAs.ids,
    env: binaries.env,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.on("error", (error) =>
    writeFileSync(layout.logFile, `could not execute: ${error.message}\n`),
  );
  child.unref();
  return child;
}

function settings(layout: Layout): string[] {
  const values = {
    listen_addresses: "",
    unix_socket_directories: `"${layout.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    max_connections: "100",
    shared_buffers: `${sharedMegabytes(memoryBytes())}MB`,
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // Statements and their details may carry what people typed; none of it belongs into a log.
    log_min_messages: "fatal",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * After kill -9, the dead server may stay a zombie, or its number may belong to another program. PostgreSQL would then
 * believe that it still runs. The pid is replaced, the file kept: with it PostgreSQL sees whether orphans of the old
 * server still use the shared memory, and waits for them.
 */
function disarmStaleLocks(layout: Layout): void {
  const file = join(layout.cluster, "postmaster.pid");
  const pid = pidIn(file);
  if (pid !== undefined && pid !== deadPid && !isPostmasterOf(pid, layout.cluster)) {
    const { uid, gid, mode } = statSync(file);
    const [, ...rest] = readFileSync(file, "utf8").split("\n");
    writeFileSync(`${file}.new`, [String(deadPid), ...rest].join("\n"));
    chmodSync(`${file}.new`, mode & 0o777);
    if (process.geteuid?.() === 0) chownSync(`${file}.new`, uid, gid);
    renameSync(`${file}.new`, file);
  }
  const socketLock = join(layout.socketFolder, ".s.PGSQL.5432.lock");
  const socketPid = pidIn(socketLock);
  if (socketPid !== undefined && !isPostmasterOf(socketPid, layout.cluster)) rmSync(socketLock);
}

function pidIn(file: string): number | undefined {
  const pid = Number.parseInt(readOrEmpty(file), 10);
  return Number.isNaN(pid) ? undefined : pid;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
