import type { OperationName } from "@/lib/domain/policies/operations";

/**
 * Who tries. Stranger, former administrator and administrator act on somebody else, everybody after them on themselves: blocked, suspended,
 * bound to change the password, with a proof older than 15 minutes, with a session and a key that have ended.
 */
export const actors = [
  "anonymous",
  "stranger",
  "former",
  "administrator",
  "owner",
  "blocked",
  "suspended",
  "mustChange",
  "late",
  "ended",
] as const;

export type Actor = (typeof actors)[number];

/** Who is in a group that a policy gives something, and tries it on somebody plain. */
export const rolesByPolicy = [
  "helpDesk",
  "reader",
  "groupKeeper",
  "policyWriter",
  "auditor",
] as const;

export type RoleByPolicy = (typeof rolesByPolicy)[number];

/**
 * Who tries besides: the help desk on an administrator, an administrator on another one and on a service user, and a
 * service user on itself, which has a key and no session.
 */
const roleActors = [...rolesByPolicy, "upward", "peer", "onService", "service"] as const;

export type RoleActor = (typeof roleActors)[number];
export type Anybody = Actor | RoleActor;

/** The group by which somebody is more than anybody, if it is one of those. */
export function roleOf(actor: Anybody): RoleByPolicy | undefined {
  return actor === "upward" ? "helpDesk" : rolesByPolicy.find((role) => role === actor);
}

export const everybody: readonly Anybody[] = [...actors, ...roleActors];

/**
 * What somebody gets: "allowed", the code of a refusal, or the path that they are led to. "done" is an answer that
 * tells nothing about the target.
 */
export type Verdict = string;
export type Verdicts = Readonly<Record<Actor, Verdict>>;

/** What a row of any of the tables says. */
export interface AskingRow {
  readonly verdicts: Verdicts;
  /** The operation that the entry asks about, by which a role gets it or not. None: as for any stranger. */
  readonly asks?: OperationName;
  /** Where a role or a service user is another case than that. */
  readonly differs?: Readonly<Partial<Record<RoleActor, Verdict>>>;
}

/** The same for all. */
export const everywhere = (verdict: Verdict): Verdicts => ({
  anonymous: verdict,
  stranger: verdict,
  former: verdict,
  owner: verdict,
  administrator: verdict,
  blocked: verdict,
  suspended: verdict,
  mustChange: verdict,
  late: verdict,
  ended: verdict,
});
