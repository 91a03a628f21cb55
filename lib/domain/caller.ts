import type { GroupRef } from "./policies/authority";
import type { PolicySet } from "./policies/policy-set";
import type { SessionRules } from "./settings/sessions";
import type { Capabilities } from "./users/capabilities";

/** Where a request comes from; goes into every audit event. */
export interface RequestOrigin {
  readonly requestId: string;
  readonly address: string;
  readonly client: string;
}

/** How the caller proved who they are. `provedAt` and `now` are database time. */
export type Proof =
  | {
      readonly type: "session";
      readonly sessionId: string;
      readonly provedAt: Date;
      readonly now: Date;
      readonly mustChangePassword: boolean;
      readonly hasSecondFactor: boolean;
      /** The settings ask for a second factor and there is none: nothing is open but setting one up. */
      readonly mustEnrol: boolean;
      /** The settings keep database passwords for those who have a second factor. */
      readonly isKeptFromDatabasePasswords: boolean;
      /** How long the session and the proof serve. */
      readonly rules: SessionRules;
    }
  | { readonly type: "signature"; readonly credentialId: string; readonly fingerprint: string };

/** Who is asking and how they proved it. Built only by `lib/auth`; never from request input. */
export interface Caller {
  readonly userId: string;
  readonly name: string;
  readonly kind: UserKind;
  readonly tenancyId: string;
  /** The groups they are in, and the policies in force: all that `may()` decides by. */
  readonly groups: readonly GroupRef[];
  readonly policies: PolicySet;
  readonly capabilities: Capabilities;
  readonly version: number;
  readonly proof: Proof;
  readonly origin: RequestOrigin;
}

/** Whoever signed in with a password that others know may do nothing else first. */
export function mustChangeFirst({ proof }: Caller): boolean {
  return proof.type === "session" && proof.mustChangePassword;
}

export type UserKind = "local" | "federated" | "service";
export type UserState = "active" | "suspended";

/** The settings ask for a second factor that the caller does not have: nothing is open but setting one up. */
export function mustEnrolFirst({ proof }: Caller): boolean {
  return proof.type === "session" && proof.mustEnrol;
}

/** Nothing has to be done first: what the caller may do is open. */
export function isSettled(caller: Caller): boolean {
  return !mustChangeFirst(caller) && !mustEnrolFirst(caller);
}
