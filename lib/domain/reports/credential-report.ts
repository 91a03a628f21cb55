import {
  credentialState,
  type CredentialState,
  type EndedReason,
  secretMadeAt,
} from "../credentials/present";
import { durations } from "../durations";

/** From this age on a credential is due to be replaced, in seconds. */
export const oldAfter = 90 * 24 * 3600;
/** A credential that expires within this many seconds wants an answer; the first mail goes out at the same time. */
export const expiresSoonWithin = durations.expiryNotices[0];

/** What the report has to say against a credential; none of one that is as it should be. */
export type Verdict = "blocked" | "expired" | "expiring" | "never-used" | "old";

export const verdictWords = {
  blocked: "Owner is blocked",
  expired: "Expired",
  expiring: "Expires within 30 days",
  "never-used": "Never used",
  old: "Older than 90 days",
} as const satisfies Record<Verdict, string>;

/** What an administrator can ask a list for; everything else is in the export. */
export const attentions = ["expiring", "never-used", "old"] as const satisfies readonly Verdict[];
export type Attention = (typeof attentions)[number];

export interface ReportedOwner {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly state: "active" | "suspended";
  readonly blockedAt: Date | null;
  readonly hasSecondFactor: boolean;
}

/** A credential, or a console password, as far as a report goes. */
export interface ReportedCredential {
  readonly kind: string;
  readonly id: string | null;
  readonly publicId: string | null;
  readonly createdAt: Date;
  readonly createdByName: string | null;
  readonly secretReplacedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly retiringUntil: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedClient: string | null;
}

/** What every row says of whose it is. */
interface OwnerPart {
  readonly user: string;
  readonly userId: string;
  readonly userKind: string;
  readonly userState: "active" | "blocked" | "suspended";
  /** Null for whoever does not sign in with a password here. */
  readonly userSecondFactor: boolean | null;
  readonly verdicts: readonly Verdict[];
}

/** A credential or console password. */
export interface HeldRow extends OwnerPart {
  readonly kind: string;
  readonly credentialId: string | null;
  readonly publicId: string | null;
  readonly name: string | null;
  readonly state: CredentialState;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly secretMadeAt: string;
  /** Of the secret. */
  readonly ageDays: number;
  readonly lastUsedAt: string | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedClient: string | null;
  readonly expiresAt: string | null;
}

/** Whoever holds nothing has one row, which says so: the report leaves nobody out. */
export type EmptyRow = OwnerPart & {
  readonly [column in Exclude<keyof HeldRow, keyof OwnerPart>]: null;
};

export type ReportRow = HeldRow | EmptyRow;

/** The columns of the report, in the order of its CSV. */
export const reportColumns = [
  "user",
  "userId",
  "userKind",
  "userState",
  "kind",
  "credentialId",
  "publicId",
  "name",
  "state",
  "createdAt",
  "createdBy",
  "secretMadeAt",
  "ageDays",
  "lastUsedAt",
  "lastUsedAddress",
  "lastUsedClient",
  "expiresAt",
  "verdicts",
  "userSecondFactor",
] as const satisfies readonly (keyof ReportRow)[];

/** The report's row of a credential at a moment; `name` is what its owner calls it. */
export function reportRow(
  owner: ReportedOwner,
  credential: ReportedCredential,
  name: string | null,
  now: Date,
): HeldRow {
  const neverEnded: { endedAt: null; endedReason: EndedReason | null } = {
    endedAt: null,
    endedReason: null,
  };
  const state = credentialState({ ...credential, ...neverEnded }, now);
  return {
    ...ownerPart(owner),
    kind: credential.kind,
    credentialId: credential.id,
    publicId: credential.publicId,
    name,
    state,
    createdAt: credential.createdAt.toISOString(),
    createdBy: credential.createdByName,
    secretMadeAt: secretMadeAt(credential).toISOString(),
    ageDays: Math.floor(secondsBetween(secretMadeAt(credential), now) / (24 * 3600)),
    lastUsedAt: credential.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress: credential.lastUsedAddress,
    lastUsedClient: credential.lastUsedClient,
    expiresAt: credential.expiresAt?.toISOString() ?? null,
    verdicts: verdictsOf(owner, credential, state, now),
  };
}

/** The row of whoever holds nothing. */
export function emptyRow(owner: ReportedOwner): EmptyRow {
  return {
    ...ownerPart(owner),
    kind: null,
    credentialId: null,
    publicId: null,
    name: null,
    state: null,
    createdAt: null,
    createdBy: null,
    secretMadeAt: null,
    ageDays: null,
    lastUsedAt: null,
    lastUsedAddress: null,
    lastUsedClient: null,
    expiresAt: null,
    verdicts: owner.blockedAt === null ? [] : ["blocked"],
  };
}

function ownerPart(owner: ReportedOwner) {
  const standing = owner.blockedAt === null ? "active" : "blocked";
  return {
    user: owner.name,
    userId: owner.id,
    userKind: owner.kind,
    userState: owner.state === "suspended" ? owner.state : standing,
    userSecondFactor: owner.kind === "local" ? owner.hasSecondFactor : null,
  } as const;
}

function verdictsOf(
  { blockedAt }: ReportedOwner,
  credential: ReportedCredential,
  state: CredentialState,
  now: Date,
): Verdict[] {
  const { expiresAt, lastUsedAt } = credential;
  const isExpired = state === "expired";
  // One that was replaced goes anyway.
  const isExpiring =
    state !== "retiring" &&
    expiresAt !== null &&
    secondsBetween(now, expiresAt) <= expiresSoonWithin;
  const found: Record<Verdict, boolean> = {
    blocked: blockedAt !== null,
    expired: isExpired,
    expiring: !isExpired && isExpiring,
    "never-used": !isExpired && lastUsedAt === null,
    old: !isExpired && secondsBetween(secretMadeAt(credential), now) > oldAfter,
  };
  return verdicts.filter((verdict) => found[verdict]);
}

const verdicts: readonly Verdict[] = ["blocked", "expired", "expiring", "never-used", "old"];

const secondsBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1000;
