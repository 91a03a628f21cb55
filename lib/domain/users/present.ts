import type { UserKind, UserState } from "../caller";
import { type Capabilities, storedCapabilities } from "./capabilities";

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Invitation {
  readonly expiresAt: string;
  readonly isExpired: boolean;
}

/** A stored user, as the data layer hands it out. */
export interface User {
  readonly id: string;
  readonly tenancyId: string;
  readonly kind: UserKind;
  readonly name: string;
  readonly description: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly provenEmail: string | null;
  readonly state: UserState;
  readonly blockedAt: Date | null;
  readonly dbUserName: string | null;
  readonly dbUserDescription: string;
  readonly identityProviderId: string | null;
  readonly externalIdentifier: string | null;
  readonly ownerOfRecord: Named | null;
  readonly deputy: Named | null;
  readonly invitation: Invitation | null;
  readonly capabilities: unknown;
  readonly hasSecondFactor: boolean;
  readonly freeformTags: unknown;
  readonly definedTags: unknown;
  readonly lastSignInAt: Date | null;
  readonly previousSignInAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
}

export interface UserView {
  readonly id: string;
  readonly tenancyId: string;
  readonly kind: UserKind;
  readonly name: string;
  readonly description: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** Confirmed before: mail goes here until `email` is confirmed. */
  readonly provenEmail: string | null;
  readonly state: "active" | "blocked" | "suspended";
  readonly dbUserName: string | null;
  /** What the database user name is for. */
  readonly dbUserDescription: string;
  readonly identityProviderId: string | null;
  readonly externalIdentifier: string | null;
  /** Who answers for a service user, and who stands in for them; nobody for other kinds. */
  readonly ownerOfRecord: Named | null;
  readonly deputy: Named | null;
  /** Mailed and not used yet. */
  readonly invitation: Invitation | null;
  readonly capabilities: Capabilities;
  readonly hasSecondFactor: boolean;
  readonly freeformTags: Record<string, unknown>;
  readonly definedTags: Record<string, unknown>;
  readonly lastSignInAt: string | null;
  readonly previousSignInAt: string | null;
  readonly createdAt: string;
  readonly version: number;
}

/** The only way a user leaves the server. */
export function presentUser(user: User): UserView {
  return {
    id: user.id,
    tenancyId: user.tenancyId,
    kind: user.kind,
    name: user.name,
    description: user.description,
    email: user.email,
    emailVerified: user.emailVerified,
    provenEmail: user.provenEmail,
    state:
      user.state === "suspended" ? "suspended" : user.blockedAt === null ? "active" : "blocked",
    dbUserName: user.dbUserName,
    dbUserDescription: user.dbUserDescription,
    identityProviderId: user.identityProviderId,
    externalIdentifier: user.externalIdentifier,
    ownerOfRecord: named(user.ownerOfRecord),
    deputy: named(user.deputy),
    invitation: user.invitation && {
      ...user.invitation,
      expiresAt: new Date(user.invitation.expiresAt).toISOString(),
    },
    capabilities: storedCapabilities.parse(user.capabilities),
    hasSecondFactor: user.hasSecondFactor,
    freeformTags: asRecord(user.freeformTags),
    definedTags: asRecord(user.definedTags),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    previousSignInAt: user.previousSignInAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    version: user.version,
  };
}

const named = (person: Named | null): Named | null =>
  person && { id: person.id, name: person.name };

export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
