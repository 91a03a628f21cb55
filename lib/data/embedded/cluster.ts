import "server-only";

import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";

import { errorCode } from "@/lib/config/error-code";

import type { Binaries } from "./binaries";
import { anotherMajorVersion, brokenBinary, notACluster, processProblem } from "./embedded-error";
import type { Layout } from "./layout";
import { giveFolder, type RunAs } from "./run-as";

/** Makes the cluster when there is none yet, and refuses one that this PostgreSQL cannot read. */
export function ensureCluster(layout: Layout, binaries: Binaries, runAs: RunAs): void {
  deleteUnfinished(layout);
  const versionFile = join(layout.cluster, "PG_VERSION");
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, "utf8").trim();
    if (found !== binaries.majorVersion)
      throw anotherMajorVersion(layout.cluster, found, binaries.majorVersion);
  } else if (existsSync(layout.cluster) && readdirSync(layout.cluster).length > 0) {
    throw notACluster(layout.cluster);
  } else {
    makeCluster(layout, binaries, runAs);
  }
  giveFolder(layout.cluster, runAs);
}

const unfinishedPrefix = "postgres.new-";
const initdbOptions = [
  "--username=postgres",
  "--encoding=UTF8",
  "--no-locale",
  // Sorts alike on every machine, whatever locales the system has.
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  // Nobody but the owner of the 0700 folder reaches the socket, and nothing listens on the network.
  "--auth-local=trust",
  "--auth-host=reject",
  "--no-instructions",
];

/** Made aside and moved into place when whole: a start that is killed half-way leaves nothing half-made behind. */
function makeCluster(layout: Layout, binaries: Binaries, runAs: RunAs): void {
  const unfinished = join(layout.dataDir, `${unfinishedPrefix}${randomUUID()}`);
  mkdirSync(unfinished, { mode: 0o700 });
  giveFolder(unfinished, runAs);
  const { file, args } = runAs.command(binaries.initdb, ["-D", unfinished, ...initdbOptions]);
  const result = spawnSync(file, args, {
    ...runAs.ids,
    env: binaries.env,
    cwd: "/",
    encoding: "utf8",
  });
  if (result.error !== undefined) throw brokenBinary(result.error.message);
  if (result.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw processProblem(layout.dataDir, `${result.stdout}\n${result.stderr}`);
  }
  renameSync(unfinished, layout.cluster);
  syncFolder(layout.dataDir);
}

/**
 * What killed starts left behind. The initdb of one may still be writing, which is why each has a folder of its own;
 * what cannot be deleted yet is deleted another time.
 */
function deleteUnfinished(layout: Layout): void {
  for (const name of readdirSync(layout.dataDir).filter((entry) =>
    entry.startsWith(unfinishedPrefix),
  )) {
    try {
      rmSync(join(layout.dataDir, name), { recursive: true, force: true });
    } catch (error) {
      if (errorCode(error) !== "ENOTEMPTY") throw error;
    }
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
