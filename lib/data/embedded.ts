import "server-only";

import { setTimeout as sleep } from "node:timers/promises";

import { packageFolder, prepareBinaries } from "./embedded/binaries";
import { ensureCluster } from "./embedded/cluster";
import { type Connection, countOtherClients, tryConnect } from "./embedded/connection";
import { fileProblem } from "./embedded/embedded-error";
import { layOut, makeSocketFolder, type Layout } from "./embedded/layout";
import {
  launchPostmaster,
  postmasterPid,
  stopPostmaster,
  waitUntilReady,
} from "./embedded/postmaster";
import { chooseRunAs, giveFolder } from "./embedded/run-as";
import { withStartLock } from "./embedded/start-lock";

export type EmbeddedLog = { info(message: string): void; warn(message: string): void };
export type EmbeddedOptions = {
  dataDir: string;
  log: EmbeddedLog;
  /** The folder of the npm package with the PostgreSQL of this platform; found by itself when not given. */
  binariesFolder?: string;
};
export type Embedded = { url: string; stop(): Promise<void> };

const longestPauseMs = 5_000;

/**
 * Starts the embedded PostgreSQL under the data directory, or adopts the one that runs there. When it is killed it is
 * started again. `stop` ends it unless somebody else is connected: end your own connections first.
 * Throws `EmbeddedError` with a sentence for whoever started Latchkey.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    const layout = layOut(options.dataDir);
    const first = await withStartLock(layout.lockFile, () => connectOrLaunch(layout, options));
    return supervise(layout, options, first);
  } catch (error) {
    throw fileProblem(options.dataDir, error);
  }
}

async function connectOrLaunch(layout: Layout, options: EmbeddedOptions): Promise<Connection> {
  const running = await adopt(layout);
  if (running !== undefined) {
    options.log.info("The embedded PostgreSQL already runs; using it.");
    return running;
  }
  const binaries = prepareBinaries(options.binariesFolder ?? packageFolder(), layout.libraryLinks);
  const runAs = chooseRunAs(binaries, layout.dataDir, layout.cluster);
  makeSocketFolder(layout.socketFolder, [process.geteuid?.() ?? 0, runAs.ids.uid ?? 0, 65_534]);
  giveFolder(layout.socketFolder, runAs);
  ensureCluster(layout, binaries, runAs);
  const connection = await launchPostmaster(layout, binaries, runAs);
  options.log.info("The embedded PostgreSQL runs.");
  return connection;
}

async function adopt(layout: Layout): Promise<Connection | undefined> {
  const answer = await tryConnect(layout.url);
  if (typeof answer === "object") return answer;
  return waitUntilReady(layout, () => postmasterPid(layout) !== undefined);
}

/** Holds one connection for as long as the server is wanted: its loss is the news that the server died. */
function supervise(layout: Layout, options: EmbeddedOptions, first: Connection): Embedded {
  const wanted = new AbortController();
  const unwanted = new Promise<void>((resolve) =>
    wanted.signal.addEventListener("abort", () => resolve()),
  );
  let connection = first;
  const watching = (async () => {
    for (;;) {
      await Promise.race([connection.lost, unwanted]);
      if (wanted.signal.aborted) return;
      options.log.warn("The embedded PostgreSQL is gone; starting it again.");
      const next = await bringBack(layout, options, wanted.signal);
      if (next === undefined) return;
      connection = next;
    }
  })();
  const stop = async () => {
    wanted.abort();
    await watching;
    await withStartLock(layout.lockFile, () => leave(layout, connection));
  };
  let stopping: Promise<void> | undefined;
  return { url: layout.url, stop: () => (stopping ??= stop()) };
}

async function bringBack(
  layout: Layout,
  options: EmbeddedOptions,
  signal: AbortSignal,
): Promise<Connection | undefined> {
  for (let pauseMs = 50; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await withStartLock(layout.lockFile, () => connectOrLaunch(layout, options));
    } catch (error) {
      const problem = fileProblem(layout.dataDir, error);
      options.log.warn(problem instanceof Error ? problem.message : String(problem));
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function leave(layout: Layout, connection: Connection): Promise<void> {
  const isNeeded = await isUsedByOthers(connection);
  await connection.client.end().catch(() => undefined);
  if (isNeeded) return;
  await stopPostmaster(layout);
}

/** Connections that were closed a moment ago are still counted for a few milliseconds. */
async function isUsedByOthers(connection: Connection): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const others = await countOtherClients(connection.client).catch(() => 0);
    if (others === 0) return false;
    await sleep(40);
  }
  return true;
}
