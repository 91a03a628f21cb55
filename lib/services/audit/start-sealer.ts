import "server-only";
import { runtime } from "@/lib/config/runtime";

import { sealTrail } from "./seal-trail";

const everyMilliseconds = 10_000;

/** Seals what was written, every few seconds and once more when the process stops. */
export function startAuditSealer(): { stop(): Promise<void> } {
  let working: Promise<void> | undefined;
  const work = () => {
    working ??= seal().finally(() => {
      working = undefined;
    });
    return working;
  };
  const timer = setInterval(() => void work(), everyMilliseconds);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
      await work();
    },
  };
}

async function seal(): Promise<void> {
  try {
    await sealTrail();
  } catch (error) {
    runtime().log.warn({ err: error }, "the audit trail could not be sealed");
  }
}
