import "server-only";
import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { purgeUnknownCounters } from "@/lib/data/password-counters";
import { purgeMails } from "@/lib/data/mails";
import { purgeRateLimits } from "@/lib/data/rate-limits";
import { purgeRetryTokens } from "@/lib/data/retry-tokens";
import { purgeSeenSignatures } from "@/lib/data/seen-signatures";
import { purgeServers } from "@/lib/data/servers";
import { purgeSessions } from "@/lib/data/sessions";
import { purgeRevokedTokens } from "@/lib/data/oauth-revoked-tokens";
import { durations } from "@/lib/domain/durations";
import { purgeTrail } from "@/lib/services/audit/seal-trail";

import { announceExpiries } from "../credentials/announce-expiries";
import { endDueCredentials, purgeEndedCredentials } from "../credentials/end-due";
import { rotateSigningKeys } from "../oauth/signing-keys";
import { type Rounds, startRounds } from "../rounds";

type Task = (stopping: AbortSignal) => Promise<unknown>;

/** What people were told the moment of. */
const deadlines: readonly Task[] = [endDueCredentials, announceExpiries];

/** What has run out and nobody waits to see go. */
const clearings: readonly Task[] = [
  () => reading(purgeSessions),
  () => reading(purgeRetryTokens),
  () => reading(purgeRateLimits),
  () => reading(purgeUnknownCounters),
  () => reading((tx) => purgeMails(tx, 30)),
  () => reading((tx) => purgeSeenSignatures(tx, durations.replayMemory)),
  () => reading(purgeServers),
  () => reading(purgeRevokedTokens),
  purgeEndedCredentials,
  purgeTrail,
  rotateSigningKeys,
];

/** Does what is due and clears what has run out, on every process: each task is harmless when done twice. */
export function startMaintenance(): Rounds {
  const rounds = [
    startRounds(10_000, (stopping) => doAll(deadlines, stopping)),
    startRounds(5 * 60_000, (stopping) => doAll(clearings, stopping)),
  ];
  return {
    stop: async () => {
      await Promise.all(rounds.map((one) => one.stop()));
    },
  };
}

async function doAll(tasks: readonly Task[], stopping: AbortSignal): Promise<void> {
  for (const task of tasks) {
    if (stopping.aborted) return;
    try {
      await task(stopping);
    } catch (error) {
      runtime().log.warn({ err: error }, "the housekeeping could not be done");
    }
  }
}
