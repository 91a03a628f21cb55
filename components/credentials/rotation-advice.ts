import type { Tone } from "@/components/ui/status";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { isCredentialInUse } from "./credential-state";

/** Whether the old one of two can go: nobody used it since it was replaced, and somebody uses the new one. */
export function retirementAdvice(
  old: CredentialView,
  successor: CredentialView,
  now: number,
): { tone: Tone; words: string; sentence: string } {
  if (isCredentialInUse(old, now))
    return {
      tone: "warn",
      words: "Still in use",
      sentence: "The old one was used since it was replaced.",
    };
  if (successor.lastUsed === null)
    return {
      tone: "neutral",
      words: "Waiting",
      sentence: "Nobody used the old one since it was replaced, nor the new one yet.",
    };
  return {
    tone: "good",
    words: "Safe to retire",
    sentence: "Nobody used the old one since it was replaced.",
  };
}
