import "server-only";

import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { errorCode } from "@/lib/config/error-code";

import { EmbeddedError } from "./embedded-error";
import { isRunning, processMark } from "./processes";

const patienceMs = 120_000;

/**
 * Runs the action while no other process starts or stops the same cluster. The lock of a process that died is taken
 * over. It only keeps launchers from getting in each other's way: what protects the data is PostgreSQL's own lock.
 */
export async function withStartLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  await acquire(path);
  try {
    return await action();
  } finally {
    unlinkIfThere(path);
  }
}

async function acquire(path: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!tryAcquire(path)) {
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) takeAway(path, owner);
    else if (Date.now() > deadline) {
      throw new EmbeddedError(
        `Another Latchkey (process ${owner?.split(" ")[0] ?? "unknown"}) has been starting or stopping the embedded ` +
          `PostgreSQL for two minutes. End that process, or delete ${path}, and start again.`,
      );
    } else await sleep(15);
  }
}

function tryAcquire(path: string): boolean {
  const mine = `${path}.${randomUUID()}`;
  writeFileSync(mine, processMark(process.pid), { mode: 0o600 });
  try {
    // A link appears with its content or not at all, so nobody ever reads a lock without an owner.
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    unlinkIfThere(mine);
  }
}

function takeAway(path: string, deadOwner: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    // Somebody else was faster, and this is their new lock: give it back.
    if (ownerOf(aside) !== deadOwner) linkSync(aside, path);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes(errorCode(error) ?? "")) throw error;
  } finally {
    unlinkIfThere(aside);
  }
}

function ownerOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isAlive(owner: string): boolean {
  const pid = Number(owner.split(" ")[0]);
  return isRunning(pid) && processMark(pid) === owner;
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
