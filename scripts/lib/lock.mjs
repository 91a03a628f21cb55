import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs the action while no other process holds the lock; `onWait` is told once. The lock of a dead process is free. */
export async function withLock(path, onWait, action) {
  mkdirSync(dirname(path), { recursive: true });
  for (let hasWaited = false; !tryAcquire(path);) {
    const owner = ownerOf(path);
    if (owner !== undefined && owner !== mark(owner.split(" ")[0])) {
      takeAway(path, owner);
      continue;
    }
    if (!hasWaited) onWait();
    hasWaited = true;
    await sleep(50);
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryAcquire(path) {
  const mine = `${path}.${randomUUID()}`;
  writeFileSync(mine, mark(process.pid));
  try {
    // A link appears with its content or not at all, so nobody ever reads a lock without an owner.
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function takeAway(path, deadOwner) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    // Somebody else was faster, and this is their new lock: give it back.
    if (ownerOf(aside) !== deadOwner) linkSync(aside, path);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function ownerOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Names one process for good: its number may be given to another one later, its start time (proc(5), field 22) may not. */
function mark(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "" : `${pid} ${fields[19]}`;
  } catch {
    return process.platform !== "linux" && isRunning(Number(pid)) ? `${pid} -` : "";
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
