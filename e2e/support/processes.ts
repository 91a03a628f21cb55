import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The PostgreSQL server of a data directory that this test made. */
export function postmasterOf(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
}

/** The server of a data directory and all that it started. */
export function postgresProcesses(dataDir: string): number[] {
  const postmaster = postmasterOf(dataDir);
  return [postmaster, ...childrenOf(postmaster)];
}

/** kill -9 of a server and all that it started, at once: what a crash of the machine does to it. */
export function killPostgres(dataDir: string): void {
  const postmaster = postmasterOf(dataDir);
  if (!Number.isInteger(postmaster) || postmaster <= 1 || !isAlive(postmaster)) return;
  for (const pid of postgresProcesses(dataDir)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended between the listing and the blow.
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie answers signals and does nothing any more.
    const state = execFileSync("ps", ["-o", "stat=", "-p", String(pid)])
      .toString()
      .trim();
    return !state.startsWith("Z");
  } catch {
    return false;
  }
}

function childrenOf(parent: number): number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid="])
    .toString()
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}
