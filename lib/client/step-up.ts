import { useSyncExternalStore } from "react";

type Waiting = (wasProved: boolean) => void;

let waiting: readonly Waiting[] = [];
const listeners = new Set<() => void>();

/** Asks the person for a fresh proof of identity. Answers false when they would rather not. */
export function askForProof(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve];
    tell();
  });
}

/** Answers everything that waits for a proof. */
export function settleProof(wasProved: boolean): void {
  const answered = waiting;
  waiting = [];
  tell();
  for (const resolve of answered) resolve(wasProved);
}

/** Whether somebody waits for a proof: then the step-up dialog is open. */
export function useProofWanted(): boolean {
  return useSyncExternalStore(
    watch,
    () => waiting.length > 0,
    () => false,
  );
}

function watch(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function tell() {
  for (const listener of listeners) listener();
}
