import { matches } from "./conditions";
import { nearest } from "./nearest";
import { requestOperations } from "./operations";
import { allPermissions } from "./permissions";
import type { Condition } from "./statement";

/**
 * Comparisons with what no request has: each is always false, or always true, and hardly what was meant. `groups` are the
 * names of all groups; undefined where they are not known.
 */
export function unknownValues(
  condition: Condition | null,
  groups: readonly string[] | undefined,
): string[] {
  if (condition === null) return [];
  if (condition.kind !== "compare")
    return [...new Set(condition.parts.flatMap((part) => unknownValues(part, groups)))];
  const { variable, value, isEqual } = condition;
  const known = {
    "request.operation": { noun: "operation", names: requestOperations },
    "request.permission": { noun: "permission", names: allPermissions },
    "target.group.name": { noun: "group", names: groups },
    "target.user.name": undefined,
    "target.user.id": undefined,
  }[variable];
  if (known?.names === undefined || known.names.some((name) => matches(value, name))) return [];
  const outcome = `so its condition is ${isEqual ? "never" : "always"} met.`;
  if (value.isPattern) return [`no ${known.noun} fits /${value.text}/, ${outcome}`];
  const hint = didYouMean(value.text, known.names);
  return [`there is no ${known.noun} “${value.text}”, ${outcome}${hint}`];
}

/** The question that follows a sentence about a word that nothing is called by; nothing where nothing is like it. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const near = nearest(typed, names);
  return near === undefined ? "" : ` Did you mean “${near}”?`;
}
