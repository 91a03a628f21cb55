import type { Caller } from "./caller";
import type { OauthSettings } from "./oauth/settings";
import type { Capabilities } from "./users/capabilities";

/** The answer of a policy function. A hidden subject answers as if it did not exist. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "hidden" };

const allow: Decision = { allowed: true };
const hide: Decision = { allowed: false, reason: "hidden" };

/** What a policy needs to know of the person acted upon. */
export interface Subject {
  readonly id: string;
  readonly tenancyId: string;
}

const isSelf = (caller: Caller, subject: Subject) => caller.userId === subject.id;

/** Self-service needs no policy; for others it takes an administrator. */
export function mayManageCredentials(caller: Caller, owner: Subject): Decision {
  return isSelf(caller, owner) || caller.isAdministrator ? allow : hide;
}

export function mayReadUser(caller: Caller, subject: Subject): Decision {
  return isSelf(caller, subject) || caller.isAdministrator ? allow : hide;
}

/** Lists of people and groups are an administrator's; a user's own groups are read through the user. */
export function mayAdministrate(caller: Caller): Decision {
  return caller.isAdministrator ? allow : hide;
}

/** A person may end their own sessions, an administrator anyone's. */
export function mayEndSessions(caller: Caller, owner: Subject): Decision {
  return mayManageCredentials(caller, owner);
}

/** The tenancy and its regions are known to everyone in it. */
export function mayReadTenancy(caller: Caller, tenancyId: string): Decision {
  return caller.tenancyId === tenancyId ? allow : hide;
}

/** An audience that nobody registered is an administrator's to enter, unless the tenancy lets everybody. */
export function mayEnterAnyAudience(caller: Caller, settings: OauthSettings): Decision {
  return caller.isAdministrator || settings.anyoneMayEnterAudience ? allow : hide;
}

/** Which switch of a user's capabilities a credential kind hangs on. */
export type Capability = keyof Capabilities;
