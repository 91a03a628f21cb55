import type { UserState } from "../caller";
import { durations } from "../durations";
import { AppError } from "../errors";
import { type Credential, credentialState } from "./present";

/** The moment that was asked for, or null for never. Throws `invalid_input` when it is not in the future. */
export function futureExpiry(expiresAt: string | null | undefined, now: Date): Date | null {
  if (expiresAt === null || expiresAt === undefined) return null;
  const date = new Date(expiresAt);
  if (date > now) return date;
  throw new AppError("invalid_input", "The expiry must lie in the future.", {
    fields: { expiresAt: "Choose a moment in the future." },
  });
}

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
