import "server-only";

/** A pause that `wake` ends early. A wake between two pauses ends the next one: none is lost. */
export function pausable(): { pause(milliseconds: number): Promise<void>; wake(): void } {
  let isWoken = false;
  let end: (() => void) | undefined;

  function wake(): void {
    isWoken = true;
    end?.();
  }

  async function pause(milliseconds: number): Promise<void> {
    if (!isWoken) await elapsed(milliseconds, (stop) => (end = stop));
    isWoken = false;
    end = undefined;
  }

  return { pause, wake };
}

/** Waits for the work, but not longer. What the work comes to is not of interest. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  await elapsed(milliseconds, (stop) => void work.finally(stop).catch(() => undefined));
}

/** Resolves after the time or when the function handed to `begin` is called, whichever is first. */
function elapsed(milliseconds: number, begin: (stop: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    begin(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
