import "server-only";

export interface Rounds {
  /** Ends them: waits for what is being done, which the signal has told to come to its end. */
  stop(): Promise<void>;
}

/** Does `work`, which never rejects, again and again until it is stopped, and never twice at once. */
export function startRounds(
  everyMilliseconds: number,
  work: (stopping: AbortSignal) => Promise<void>,
): Rounds {
  const stopping = new AbortController();
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    working ??= work(stopping.signal).finally(() => {
      working = undefined;
    });
  }, everyMilliseconds);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await working;
    },
  };
}
