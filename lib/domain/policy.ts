import type { Caller } from "./caller";
import { kindById } from "./credentials/registry";
import type { OauthSettings } from "./oauth/settings";
import { type GroupRef, holdsPermission, lacking, lackingToGive } from "./policies/authority";
import type { Facts } from "./policies/conditions";
import { type Explanation, explain, type PlacedStatement } from "./policies/explain";
import type { Permission } from "./policies/permissions";
import {
  credentialOperation,
  type CredentialVerb,
  type OperationName,
  operationNames,
  type operations,
  requestOperation,
  ruleOf,
  type UserOperation,
} from "./policies/operations";

/** The answer of a policy function. A hidden subject answers as if it did not exist. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: "hidden" | "second_factor" };

const allow: Decision = { allowed: true };
const hide: Decision = { allowed: false, reason: "hidden" };

/** A user as the conditions of policies know one. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A user who is acted upon: what their groups may do bounds who may do it (decisions.md 12). */
export interface Subject extends Named {
  readonly groups: readonly GroupRef[];
}

/** All of a caller that policies know: who they are, their groups, and the policies in force. */
export type Actor = Pick<Caller, "userId" | "groups" | "policies">;

/** What conditions may ask about; absent is what an operation is not about. */
export interface Target {
  readonly user?: Named | Subject;
  readonly group?: GroupRef;
}

type UserOf<Rule> = Rule extends { readonly touches: true } ? Subject : Named;

/** What an operation has to be told about, by its row in `operations`. */
type TargetOf<Rule> = Rule extends { readonly about: "user" }
  ? [target: { readonly user: UserOf<Rule> }]
  : Rule extends { readonly about: "group" }
    ? [target: { readonly group: GroupRef }]
    : Rule extends { readonly about: "membership" }
      ? [target: { readonly user: UserOf<Rule>; readonly group: GroupRef }]
      : [];

/**
 * Whether the caller may do what a row of `operations` says: the one question that use cases, pages and doors ask.
 * Self-service needs no policy; for the rest the policies in force decide, and nobody touches a person who holds
 * more than they do. A new use case takes a row there and asks here.
 */
export function may<Name extends OperationName>(
  caller: Actor,
  name: Name,
  ...[target]: TargetOf<(typeof operations)[Name]>
): Decision {
  return decide(caller, name, target ?? {});
}

/** Allowed where all of them are. */
export function every(decisions: readonly Decision[]): Decision {
  return decisions.find(({ allowed }) => !allowed) ?? allow;
}

/** All that the caller may do with a user: what a page offers, by the same answers that the use cases give. */
export function allowedWith(caller: Actor, user: Subject): UserOperation[] {
  return operationNames
    .filter(isAboutUser)
    .filter((name) => decide(caller, name, { user }).allowed);
}

const isAboutUser = (name: OperationName): name is UserOperation => ruleOf(name).about === "user";

/** Looking at a part of a user's page by the row that the part needs: one's own, or by policy. */
export function maySee(caller: Caller, user: Named, needs: OperationName): Decision {
  return decide(caller, needs, { user });
}

/** Listing a kind of credential: one's own, or by policy. */
export function mayListCredentials(caller: Caller, owner: Named, kindId: string): Decision {
  const decision = decide(caller, credentialOperation(kindId, "list"), { user: owner });
  return behindSecondFactor(caller, kindId, decision);
}

/** Issuing, changing or ending a credential of a kind: one's own, or by policy. */
export function mayChangeCredential(
  caller: Caller,
  owner: Subject,
  kindId: string,
  verb: Exclude<CredentialVerb, "list">,
): Decision {
  const decision = decide(caller, credentialOperation(kindId, verb), { user: owner });
  return behindSecondFactor(caller, kindId, decision);
}

/** The settings may keep database passwords for those who have a second factor (product.md 3.6). */
export function isKeptBehindSecondFactor({ proof }: Caller, kindId: string): boolean {
  return (
    proof.type === "session" &&
    proof.isKeptFromDatabasePasswords &&
    kindById(kindId)?.isKeptBehindSecondFactor === true
  );
}

function behindSecondFactor(caller: Caller, kindId: string, decision: Decision): Decision {
  return decision.allowed && isKeptBehindSecondFactor(caller, kindId)
    ? { allowed: false, reason: "second_factor" }
    : decision;
}

/** What only the person themselves may do, whatever the policies say. */
export function isSelf(caller: Caller, user: { readonly id: string }): Decision {
  return caller.userId === user.id ? allow : hide;
}

/** Writing statements gives what they grant: only for a caller who holds all of it themselves (decisions.md 12). */
export function mayGive(caller: Actor, statements: readonly string[]): Decision {
  const mine = caller.policies.authorityOf(caller.groups);
  return lackingToGive(mine, statements).length === 0 ? allow : hide;
}

/** OAuth scopes that come with a group are passed on by who has them, or by who may grant any (decision 60). */
export function mayPassOnScopes(caller: Caller, givesMoreThanTheirs: boolean): Decision {
  return givesMoreThanTheirs ? may(caller, "ChangeOAuthResources") : allow;
}

/** An audience that nobody registered takes who may register one, unless the tenancy lets everybody enter it. */
export function mayEnterAnyAudience(caller: Caller, settings: OauthSettings): Decision {
  return settings.anyoneMayEnterAudience ? allow : may(caller, "ChangeOAuthResources");
}

function decide(caller: Actor, name: OperationName, target: Target): Decision {
  const rule = ruleOf(name);
  if (isOwnAct(caller, name, target)) return allow;
  const authority = caller.policies.authorityOf(caller.groups);
  const facts = factsOf(name, target);
  if (!rule.needs.every((permission) => holdsPermission(authority, permission, facts))) return hide;
  return lackingToTouch(caller, name, target).length === 0 ? allow : hide;
}

/** Whether it is what people may do to themselves, whatever the policies say. */
function isOwnAct(caller: Actor, name: OperationName, { user }: Target): boolean {
  return ruleOf(name).isOwn === true && user?.id === caller.userId;
}

/** What the target holds and the caller does not, where that matters. */
function lackingToTouch(caller: Actor, name: OperationName, target: Target): Permission[] {
  if (!ruleOf(name).touches) return [];
  const { policies } = caller;
  return lacking(policies.authorityOf(caller.groups), policies.authorityOf(groupsTouched(target)));
}

/** An answer of `may` with all that it hangs on. */
export interface Answer extends Explanation {
  /** No policy is needed: people may do it to themselves. */
  readonly isOwn: boolean;
  /** What the target holds and the one who asks does not; nobody touches a person who holds more. */
  readonly lacks: readonly Permission[];
}

/** Whether somebody may do what a row says, and which statements decide it: the same question as `may`, told at length. */
export function explainAnswer(
  actor: Actor,
  name: OperationName,
  target: Target,
  statements: readonly PlacedStatement[],
): Answer {
  const { groups } = actor;
  const question = { groups, needs: ruleOf(name).needs, facts: factsOf(name, target) };
  return {
    ...explain(statements, question),
    isAllowed: decide(actor, name, target).allowed,
    isOwn: isOwnAct(actor, name, target),
    lacks: lackingToTouch(actor, name, target),
  };
}

/** What the conditions of policies may know of an operation on a target. */
function factsOf(name: OperationName, { user, group }: Target): Facts {
  return {
    "request.operation": requestOperation(name),
    ...(user && { "target.user.name": user.name, "target.user.id": user.id }),
    ...(group && { "target.group.name": group.name }),
  };
}

/** What the user holds, and what they would hold or lose by the group. */
function groupsTouched({ user, group }: Target): GroupRef[] {
  const theirs = user && "groups" in user ? user.groups : [];
  return group ? [...theirs, group] : [...theirs];
}
