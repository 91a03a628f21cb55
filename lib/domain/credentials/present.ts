/** A stored credential as the data layer hands it out: no verifier, no sealed secret. */
export interface Credential {
  readonly id: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly publicId: string;
  readonly details: unknown;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly createdByName: string | null;
  /** When its secret took the place of another, which is long after it was created. */
  readonly secretReplacedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  /** The one that took its place, while both live. */
  readonly replacedById: string | null;
  readonly replacedAt: Date | null;
  readonly retiringUntil: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedClient: string | null;
  readonly endedAt: Date | null;
  readonly endedReason: EndedReason | null;
  readonly endedByName: string | null;
  readonly version: number;
}

export type EndedReason = "deleted" | "expired" | "retired" | "rotated" | "reported";
export type CredentialState = "active" | "disabled" | "expired" | "retiring" | "ended";

/** What may leave the server: instants as ISO strings, no member for a secret. */
export interface CredentialView {
  readonly id: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly publicId: string;
  readonly name: string;
  readonly details: Record<string, unknown>;
  /** Its details are not what its kind knows: then there are none here. */
  readonly isUnreadable?: true;
  readonly state: CredentialState;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly name: string } | null;
  readonly secretMadeAt: string;
  readonly expiresAt: string | null;
  readonly replacedById: string | null;
  readonly replacedAt: string | null;
  readonly retiringUntil: string | null;
  readonly lastUsed: {
    readonly at: string;
    readonly address: string;
    readonly client: string;
  } | null;
  readonly ended: {
    readonly at: string;
    readonly reason: EndedReason;
    readonly by: string | null;
  } | null;
  readonly version: number;
}

/** What a credential is called whose details cannot be read. */
export const unreadableName = "unreadable";

/** What presenting asks of a kind. */
interface Presentable {
  readDetails(stored: unknown): Record<string, unknown> | undefined;
  label(details: unknown): string;
}

/** The only way a credential leaves the server. One that cannot be read must not hide the others. */
export function presentCredential(
  kind: Presentable,
  credential: Credential,
  now: Date,
): CredentialView {
  const details = kind.readDetails(credential.details);
  return {
    id: credential.id,
    kind: credential.kind,
    ownerId: credential.ownerId,
    publicId: credential.publicId,
    name: kind.label(credential.details),
    details: details ?? {},
    ...(details === undefined && { isUnreadable: true }),
    state: credentialState(credential, now),
    createdAt: credential.createdAt.toISOString(),
    createdBy:
      credential.createdBy === null
        ? null
        : { id: credential.createdBy, name: credential.createdByName ?? "" },
    secretMadeAt: secretMadeAt(credential).toISOString(),
    expiresAt: credential.expiresAt?.toISOString() ?? null,
    replacedById: credential.replacedById,
    replacedAt: credential.replacedAt?.toISOString() ?? null,
    retiringUntil: credential.retiringUntil?.toISOString() ?? null,
    lastUsed: presentLastUse(credential),
    ended: presentEnd(credential),
    version: credential.version,
  };
}

/** Since when its secret is what it is: that, not the day of its creation, is what makes one old. */
export function secretMadeAt({
  secretReplacedAt,
  createdAt,
}: Pick<Credential, "secretReplacedAt" | "createdAt">): Date {
  return secretReplacedAt ?? createdAt;
}

type Timed = Pick<Credential, "endedAt" | "expiresAt" | "disabledAt" | "retiringUntil">;

export function credentialState(credential: Timed, now: Date): CredentialState {
  if (credential.endedAt !== null) return "ended";
  if (credential.expiresAt !== null && credential.expiresAt <= now) return "expired";
  if (credential.retiringUntil !== null && credential.retiringUntil <= now) return "expired";
  if (credential.disabledAt !== null) return "disabled";
  return credential.retiringUntil === null ? "active" : "retiring";
}

/** Whether it opens anything at this moment; a retiring one does until its time is up. */
export function isUsable(credential: Timed, now: Date): boolean {
  const state = credentialState(credential, now);
  return state === "active" || state === "retiring";
}

/** Whether it counts towards the limit: one that was replaced does not, so that rotation works at the limit. */
export function takesPlace({
  state,
  replacedById,
}: Pick<CredentialView, "state" | "replacedById">): boolean {
  return state !== "ended" && state !== "expired" && replacedById === null;
}

function presentLastUse({
  lastUsedAt,
  lastUsedAddress,
  lastUsedClient,
}: Credential): CredentialView["lastUsed"] {
  if (lastUsedAt === null) return null;
  return {
    at: lastUsedAt.toISOString(),
    address: lastUsedAddress ?? "",
    client: lastUsedClient ?? "",
  };
}

function presentEnd({ endedAt, endedReason, endedByName }: Credential): CredentialView["ended"] {
  if (endedAt === null || endedReason === null) return null;
  return { at: endedAt.toISOString(), reason: endedReason, by: endedByName };
}
