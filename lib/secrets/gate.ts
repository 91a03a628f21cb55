import "server-only";

import { AppError } from "@/lib/domain/errors";

/** Runs a task as soon as a place is free. */
export interface Gate {
  <Result>(task: () => Promise<Result>): Promise<Result>;
  /** How many run and wait at this moment. */
  load(): GateLoad;
}

export interface GateLoad {
  readonly running: number;
  readonly waiting: number;
}

/**
 * Lets a bounded number of tasks run at once and a bounded number wait, first come, first served. Whoever comes when
 * both are full is refused with `unavailable` and costs nothing.
 */
export function makeGate({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= mostWaiting) throw overloaded();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** Hands the place on without freeing it in between: a newcomer must not overtake who waits. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  async function pass<Result>(task: () => Promise<Result>): Promise<Result> {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  }
  return Object.assign(pass, { load: () => ({ running, waiting: waiting.length }) });
}

function overloaded(): AppError {
  return new AppError(
    "unavailable",
    "Too many passwords are being checked at the moment. Try again in a few seconds.",
    {
      retryAfterSeconds: 2,
    },
  );
}
