import "server-only";

import { single } from "@/lib/config/runtime";

/** Tells the workers of this process that there may be mail. A hint: what it misses, the next look finds. */
export function wakeMailWorkers(): void {
  for (const wake of listeners()) wake();
}

/** The same in a moment, for a transaction that has yet to commit. */
export function wakeMailWorkerSoon(): void {
  const workers = [...listeners()];
  setTimeout(() => workers.forEach((wake) => wake()), momentMilliseconds).unref();
}

/** Returns what ends the listening. */
export function onMailWake(wake: () => void): () => void {
  const workers = listeners();
  workers.add(wake);
  return () => workers.delete(wake);
}

const listeners = () => single("mail-wake", () => new Set<() => void>());

const momentMilliseconds = 100;
