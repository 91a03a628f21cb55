import "server-only";

import { spawnSync } from "node:child_process";
import { chownSync, lchownSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Binaries } from "./binaries";
import { brokenBinary, rootCannotStepDown } from "./embedded-error";

/** How PostgreSQL's programs are started so that they do not run as root, which they refuse. */
export type RunAs = {
  command(file: string, args: string[]): { file: string; args: string[] };
  ids: { uid?: number; gid?: number };
};

/** `nobody`: it owns nothing on a system, so it can be borrowed without making a user. */
const nobody = 65_534;
const plain: RunAs = { command: (file, args) => ({ file, args }), ids: {} };
const insideUserNamespace: RunAs = {
  command: (file, args) => ({
    file: "unshare",
    args: ["--user", `--map-user=${nobody}`, `--map-group=${nobody}`, "--", file, ...args],
  }),
  ids: {},
};

/**
 * An ordinary user runs PostgreSQL as itself. Root runs it as the owner of the cluster, or as nobody for a new one.
 * Where that user cannot reach the folders (below a 0700 folder), root enters a user namespace in which it is nobody.
 */
export function chooseRunAs(binaries: Binaries, dataDir: string, cluster: string): RunAs {
  if (process.geteuid?.() !== 0) {
    assertRuns(plain, binaries);
    return plain;
  }
  const owner = statSync(cluster, { throwIfNoEntry: false });
  const ids =
    owner !== undefined && owner.uid !== 0
      ? { uid: owner.uid, gid: owner.gid }
      : { uid: nobody, gid: nobody };
  const asOther = { ...plain, ids };
  if (
    canEnter(dataDir, ids) &&
    canEnter(dirname(binaries.postgres), ids) &&
    tryRun(asOther, binaries) === undefined
  ) {
    return asOther;
  }
  if (tryRun(insideUserNamespace, binaries) === undefined) return insideUserNamespace;
  // What fails as everybody is not a matter of users.
  const problem = tryRun(plain, binaries);
  throw problem === undefined ? rootCannotStepDown(dataDir) : brokenBinary(problem);
}

/** Gives a folder, and all that is in it, to the user that will run PostgreSQL. Does nothing when it is theirs already. */
export function giveFolder(folder: string, runAs: RunAs): void {
  if (process.geteuid?.() !== 0) return;
  const { uid = 0, gid = 0 } = runAs.ids;
  if (statSync(folder).uid === uid) return;
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    lchownSync(join(folder, entry), uid, gid);
  // The folder itself comes last: if this is interrupted, the next start sees that it is not done.
  chownSync(folder, uid, gid);
}

function assertRuns(runAs: RunAs, binaries: Binaries): void {
  const problem = tryRun(runAs, binaries);
  if (problem !== undefined) throw brokenBinary(problem);
}

/** Undefined when the program runs, else why it does not. */
function tryRun(runAs: RunAs, binaries: Binaries): string | undefined {
  const { file, args } = runAs.command(binaries.postgres, ["--version"]);
  const result = spawnSync(file, args, {
    ...runAs.ids,
    env: binaries.env,
    cwd: "/",
    encoding: "utf8",
  });
  if (result.error !== undefined) return result.error.message;
  if (result.status === 0) return undefined;
  return (
    result.stderr.trim().split("\n").at(-1) ?? `it ended with ${result.signal ?? result.status}`
  );
}

function canEnter(folder: string, ids: { uid: number; gid: number }): boolean {
  const { uid, gid, mode } = statSync(folder);
  const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  return dirname(folder) === folder || canEnter(dirname(folder), ids);
}
