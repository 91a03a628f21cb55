import "server-only";

import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { basename } from "node:path";

type ProcessFacts = { name: string; isZombie: boolean; startedAt: string };

/** True while the process runs; a zombie, which only waits for its parent to notice, does not run. */
export function isRunning(pid: number): boolean {
  const facts = factsOf(pid);
  return facts !== undefined && !facts.isZombie;
}

/** Names one process for good: its number may be given to another one later, its start time may not. */
export function processMark(pid: number): string {
  return `${pid} ${factsOf(pid)?.startedAt ?? "gone"}`;
}

/** Whether the process is the PostgreSQL that serves this very folder. */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  const facts = factsOf(pid);
  if (facts === undefined || facts.isZombie || !facts.name.startsWith("postgres")) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return true;
  }
}

function factsOf(pid: number): ProcessFacts | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return process.platform === "linux" ? factsFromProc(pid) : factsFromPs(pid);
}

function factsFromProc(pid: number): ProcessFacts | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // proc(5): the name stands in parentheses and may contain anything; state is field 3, start time field 22.
  const end = stat.lastIndexOf(")");
  const fields = stat.slice(end + 2).split(" ");
  const state = fields[0];
  return {
    name: stat.slice(stat.indexOf("(") + 1, end),
    isZombie: state === "Z" || state === "X",
    startedAt: fields[19] ?? "",
  };
}

function factsFromPs(pid: number): ProcessFacts | undefined {
  try {
    const line = execFileSync("/bin/ps", ["-o", "stat=,lstart=,comm=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    const [state = "", ...rest] = line.split(/\s+/);
    return {
      name: basename(rest.slice(5).join(" ")),
      isZombie: state.startsWith("Z"),
      startedAt: rest.slice(0, 5).join("-"),
    };
  } catch {
    return undefined;
  }
}
