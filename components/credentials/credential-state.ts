import { relativeWords } from "@/components/ui/relative-words";
import type { Tone } from "@/components/ui/status";
import type { CredentialView, EndedReason } from "@/lib/domain/credentials/present";
import { isInUse } from "@/lib/domain/credentials/use";
import { durations } from "@/lib/domain/durations";

/** From then on an expiry is worth a warning: its first mail goes out at the same time. */
const warnedSeconds = Math.max(...durations.expiryNotices);

/** A credential's state as a colour and the words that go with it. */
export function stateWords(
  { state, expiresAt, retiringUntil, ended }: CredentialView,
  now: number,
): { tone: Tone; words: string } {
  switch (state) {
    case "active":
      return activeWords(expiresAt, now);
    case "disabled":
      return { tone: "neutral", words: "Disabled" };
    case "expired":
      return { tone: "danger", words: "Expired" };
    case "retiring":
      return { tone: "warn", words: retiringWords(retiringUntil) };
    case "ended":
      return { tone: "neutral", words: ended === null ? "Ended" : endedWords(ended) };
  }
}

function activeWords(expiresAt: string | null, now: number): { tone: Tone; words: string } {
  if (expiresAt === null) return { tone: "good", words: "Active" };
  const moment = new Date(expiresAt);
  if (moment.getTime() - now > warnedSeconds * 1_000) return { tone: "good", words: "Active" };
  return { tone: "warn", words: `Expires ${relativeWords(moment, now)}` };
}

function retiringWords(retiringUntil: string | null): string {
  if (retiringUntil === null) return "Retiring";
  const time = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `Retiring until ${time.format(new Date(retiringUntil))}`;
}

function endedWords({ reason, by }: { reason: EndedReason; by: string | null }): string {
  return by === null ? endings[reason] : `${endings[reason]} by ${by}`;
}

const endings = {
  deleted: "Deleted",
  expired: "Expired",
  retired: "Retired",
  rotated: "Replaced",
  reported: "Reported as leaked",
} satisfies Record<EndedReason, string>;

/** Whether ending it would surprise somebody. */
export function isCredentialInUse({ lastUsed, replacedAt }: CredentialView, now: number): boolean {
  return isInUse({ lastUsedAt: lastUsed?.at ?? null, replacedAt }, now);
}
