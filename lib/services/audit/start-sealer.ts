import "server-only";
import { runtime } from "@/lib/config/runtime";

import { type Rounds, startRounds } from "../rounds";
import { sealTrail } from "./seal-trail";

const everyMilliseconds = 10_000;

/** Seals what was written, every few seconds and once more when the process stops. */
export function startAuditSealer(): Rounds {
  const rounds = startRounds(everyMilliseconds, seal);
  return {
    stop: async () => {
      await rounds.stop();
      await seal();
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
