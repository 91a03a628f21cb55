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

import { rotateSigningKeys } from "../oauth/signing-keys";

const everyMilliseconds = 5 * 60_000;

/** Clears what has run out, every few minutes and on every process: each statement is harmless when done twice. */
export function startMaintenance(): { stop(): void } {
  const timer = setInterval(() => void sweep(), everyMilliseconds);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function sweep(): Promise<void> {
  const purges: (() => Promise<unknown>)[] = [
    () => reading(purgeSessions),
    () => reading(purgeRetryTokens),
    () => reading(purgeRateLimits),
    () => reading(purgeUnknownCounters),
    () => reading((tx) => purgeMails(tx, 30)),
    () => reading((tx) => purgeSeenSignatures(tx, durations.replayMemory)),
    () => reading(purgeServers),
    () => reading(purgeRevokedTokens),
    purgeTrail,
    rotateSigningKeys,
  ];
  for (const purge of purges) {
    try {
      await purge();
    } catch (error) {
      runtime().log.warn({ err: error }, "what has run out could not be cleared");
    }
  }
}
