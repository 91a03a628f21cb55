import { type GroupRef, isTenancyWide, speaksOf } from "./authority";
import { type Facts, holds, printCondition } from "./conditions";
import { type Permission, permissionsOf } from "./permissions";
import type { Statement, StatementSubject } from "./statement";

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly policy: { readonly id: string; readonly name: string };
  readonly statement: Statement;
}

export interface StatementVerdict {
  readonly policy: { readonly id: string; readonly name: string };
  readonly text: string;
  /** What of the needed it grants. */
  readonly grants: readonly Permission[];
  /** Why it grants nothing of what is needed; null where it grants. */
  readonly because: string | null;
}

/** A statement that does not speak of the person. */
export interface SilentStatement {
  readonly policy: { readonly id: string; readonly name: string };
  readonly text: string;
  readonly subject: StatementSubject;
  /** What of the needed it would grant to whom it speaks of. */
  readonly wouldGrant: readonly Permission[];
}

export interface Explanation {
  readonly isAllowed: boolean;
  /** What is needed, and which of it no statement grants. */
  readonly needs: readonly { readonly permission: Permission; readonly isGranted: boolean }[];
  /** Every statement that speaks of this person, those that decide first. */
  readonly verdicts: readonly StatementVerdict[];
  /** All others, those that would decide first. */
  readonly silent: readonly SilentStatement[];
}

/** Which statements decide whether somebody in these groups may do what needs these permissions, and why. */
export function explain(
  statements: readonly PlacedStatement[],
  question: {
    readonly groups: readonly GroupRef[];
    readonly needs: readonly Permission[];
    readonly facts: Facts;
  },
): Explanation {
  const { groups, needs, facts } = question;
  const judged = statements.map(({ policy, statement }) => ({
    policy,
    subject: statement.subject,
    isAboutThem: speaksOf(statement, groups),
    verdict: judge(statement, needs, facts),
  }));
  const verdicts = judged.flatMap(({ policy, isAboutThem, verdict }) =>
    isAboutThem ? [{ policy, ...verdict }] : [],
  );
  const silent = judged.flatMap(({ policy, subject, isAboutThem, verdict: { text, grants } }) =>
    isAboutThem ? [] : [{ policy, text, subject, wouldGrant: grants }],
  );
  const granted = new Set(verdicts.flatMap(({ grants }) => grants));
  return {
    isAllowed: needs.every((permission) => granted.has(permission)),
    needs: needs.map((permission) => ({ permission, isGranted: granted.has(permission) })),
    verdicts: verdicts.sort((a, b) => b.grants.length - a.grants.length),
    silent: silent.sort((a, b) => b.wouldGrant.length - a.wouldGrant.length),
  };
}

function judge(
  statement: Statement,
  needs: readonly Permission[],
  facts: Facts,
): Omit<StatementVerdict, "policy"> {
  const { text, verb, resource, condition } = statement;
  const refuse = (because: string) => ({ text, grants: [], because });
  if (!isTenancyWide(statement))
    return refuse("It is for a compartment. Users, groups and policies belong to the tenancy.");
  const offered = permissionsOf(verb, resource);
  const wanted = needs.filter((permission) => offered.includes(permission));
  if (wanted.length === 0)
    return refuse(`“${verb} ${resource}” holds none of what is needed: ${needs.join(", ")}.`);
  const grants = wanted.filter((permission) =>
    holds(condition, { ...facts, "request.permission": permission }),
  );
  if (grants.length > 0 || condition === null) return { text, grants, because: null };
  return refuse(`Its condition does not hold: ${printCondition(condition)}.`);
}
