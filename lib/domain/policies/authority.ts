import { type Facts, holds, printCondition, whenAsking } from "./conditions";
import { parseStatement } from "./parse";
import { type Permission, permissionsOf } from "./permissions";
import type { Condition, GroupReference, Statement } from "./statement";

/** A group as policies know it. */
export interface GroupRef {
  readonly id: string;
  readonly name: string;
}

/** A permission, and the condition under which it is held; null: none. */
interface Grant {
  readonly condition: Condition | null;
  readonly key: string;
}

/** Everything that a set of groups may do, by what the policies say. */
export type Authority = ReadonlyMap<Permission, readonly Grant[]>;

/** Whether a statement speaks of somebody who is in these groups. */
export function speaksOf({ subject }: Statement, groups: readonly GroupRef[]): boolean {
  if (subject.kind === "any-user") return true;
  if (subject.kind === "any-group") return groups.length > 0;
  if (subject.kind !== "groups") return false;
  return subject.groups.some((reference) => groups.some((group) => refersTo(reference, group)));
}

/** Whether it is this group that a statement names. */
export function refersTo(reference: GroupReference, { id, name }: GroupRef): boolean {
  if ("id" in reference) return reference.id === id;
  return isOwnDomain(reference.domain) && reference.name.toLowerCase() === name.toLowerCase();
}

/** Users, groups and all else here live in the tenancy itself: a statement for a compartment never reaches them. */
export const isTenancyWide = ({ location }: Statement) => location.kind === "tenancy";

/** What the statements let the members of these groups do. */
export function authorityOf(
  statements: readonly Statement[],
  groups: readonly GroupRef[],
): Authority {
  return grantedBy(statements.filter((statement) => speaksOf(statement, groups)));
}

/** What the statements give to whomever they name. */
export function grantedBy(statements: readonly Statement[]): Authority {
  const authority = new Map<Permission, Grant[]>();
  for (const { verb, resource, condition } of statements.filter(isTenancyWide)) {
    for (const permission of permissionsOf(verb, resource)) {
      const when = whenAsking(condition, permission);
      if (when === "never") continue;
      const grant = when === "always" ? unconditional : conditional(condition);
      const grants = authority.get(permission) ?? [];
      if (!grants.some(({ key }) => key === grant.key))
        authority.set(permission, [...grants, grant]);
    }
  }
  return authority;
}

/** Whether the authority holds the permission for a request of which `facts` are known. */
export function holdsPermission(
  authority: Authority,
  permission: Permission,
  facts: Facts,
): boolean {
  const known = { ...facts, "request.permission": permission };
  return (authority.get(permission) ?? []).some(({ condition }) => holds(condition, known));
}

/**
 * The permissions in `less` that `more` lacks. A conditional one counts as held only where `more` holds it without a
 * condition or under the very same one: what cannot be compared is lacking (decisions.md 12).
 */
export function lacking(more: Authority, less: Authority): Permission[] {
  const covers = (permission: Permission, grant: Grant) =>
    (more.get(permission) ?? []).some(
      ({ condition, key }) => condition === null || key === grant.key,
    );
  return [...less]
    .filter(([permission, grants]) => !grants.every((grant) => covers(permission, grant)))
    .map(([permission]) => permission);
}

/** What these statements would give to anybody that is not in `mine`: whoever writes a policy gives what they hold. */
export function lackingToGive(mine: Authority, added: readonly string[]): Permission[] {
  return lacking(mine, grantedByTexts(added));
}

/** What statements give as they are written; one that cannot be read gives nothing. */
export function grantedByTexts(texts: readonly string[]): Authority {
  const parsed = texts.map(parseStatement);
  return grantedBy(parsed.flatMap((each) => (each.ok ? [each.value] : [])));
}

const unconditional: Grant = { condition: null, key: "" };

const conditional = (condition: Condition | null): Grant =>
  condition === null ? unconditional : { condition, key: printCondition(condition) };

const isOwnDomain = (domain: string | null) =>
  domain === null || domain.toLowerCase() === "default";
