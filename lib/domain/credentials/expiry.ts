import type { UserState } from "../caller";
import { durations } from "../durations";
import { AppError } from "../errors";
import { type Credential, type CredentialState, credentialState } from "./present";

/** The moment that was asked for, or null for never. Throws `invalid_input` when it is not in the future. */
export function futureExpiry(expiresAt: string | null | undefined, now: Date): Date | null {
  if (expiresAt === null || expiresAt === undefined) return null;
  const date = new Date(expiresAt);
  if (date > now) return date;
  throw new AppError("invalid_input", "The expiry must lie in the future.", {
    fields: { expiresAt: "Choose a moment in the future." },
  });
}

/**
 * The expiry that one gets when it is edited, or undefined when that changes nothing. Throws `conflict` where the end is
 * settled: what has expired is never revived, and one that was replaced goes when its overlap is over.
 */
export function movedExpiry(
  credential: Credential,
  wanted: string | null | undefined,
  now: Date,
): Date | null | undefined {
  if (wanted === undefined) return undefined;
  const moment = wanted === null ? undefined : Date.parse(wanted);
  if (moment === credential.expiresAt?.getTime()) return undefined;
  const sentence = settledExpiry[credentialState(credential, now)];
  if (sentence !== undefined) throw new AppError("conflict", sentence);
  return futureExpiry(wanted, now);
}

/** Whether a wanted expiry lets it live longer than it would now. */
export function livesLonger(
  { expiresAt }: Pick<Credential, "expiresAt">,
  wanted: string | null | undefined,
): boolean {
  if (wanted === undefined || expiresAt === null) return false;
  return wanted === null || Date.parse(wanted) > expiresAt.getTime();
}

const settledExpiry = {
  active: undefined,
  disabled: undefined,
  expired: "It has expired, which cannot be taken back. Make another.",
  retiring: "It was replaced already and goes when its overlap is over.",
  ended: "It has ended. Make another.",
} as const satisfies Record<CredentialState, string | undefined>;

/** When the owner of what expires then is written to, earliest first. */
export function noticeMoments(expiresAt: Date): Date[] {
  return durations.expiryNotices.map((seconds) => new Date(expiresAt.getTime() - seconds * 1_000));
}

/** Whether its expiry will be missed by anybody: it opens something now, and was not replaced. */
export function deservesNotice(
  credential: Credential,
  owner: { readonly state: UserState },
  now: Date,
): boolean {
  return owner.state === "active" && credentialState(credential, now) === "active";
}
