import { durations, secondsAfter } from "../durations";
import { AppError } from "../errors";
import type { CredentialKind, KindDescription } from "./kind";
import { type Credential, credentialState } from "./present";

export type Overlap = keyof typeof durations.rotationOverlaps;

/** Throws `conflict` where there is nothing to rotate: a kind that has no rotation, one that is not in use. */
export function requireRotatable(kind: CredentialKind, credential: Credential, now: Date): void {
  const { noun, successor } = kind.description;
  if (successor === undefined)
    throw new AppError("conflict", `Delete this ${noun.one} and make another to change it.`);
  const sentence = notRotatable[credentialState(credential, now)];
  if (sentence !== undefined) throw new AppError("conflict", sentence);
}

const notRotatable = {
  active: undefined,
  disabled: "It is disabled. Enable it first, or make another.",
  expired: "It has expired. Make another.",
  retiring: "It was replaced already. Rotate the one that replaced it.",
  ended: "It has ended. Make another.",
} as const;

/**
 * Whether a row is the old secret of a credential that keeps its OCID: kept for as long as that secret still opens, and
 * no credential of its own to those who go by OCIDs.
 */
export function isOldSecret(
  { successor }: Pick<KindDescription, "successor">,
  { replacedById }: Pick<Credential, "replacedById">,
): boolean {
  return successor === "same-id" && replacedById !== null;
}

/** Until when the old one lives on: never longer than it would have without being replaced. */
export function overlapEnd(overlap: Overlap, expiresAt: Date | null, now: Date): Date {
  const end = secondsAfter(now, durations.rotationOverlaps[overlap]);
  return expiresAt !== null && expiresAt < end ? expiresAt : end;
}
