import type { Permission } from "./permissions";
import type { Condition, Variable } from "./statement";

/** What is known of a request. A variable that is absent does not apply to it. */
export type Facts = Readonly<Partial<Record<Variable, string>>>;

/** Whether a condition holds. A comparison with a variable that does not apply never does, whatever its sign. */
export function holds(condition: Condition | null, facts: Facts): boolean {
  if (condition === null) return true;
  if (condition.kind !== "compare") {
    const isHeld = (part: Condition) => holds(part, facts);
    return condition.kind === "all" ? condition.parts.every(isHeld) : condition.parts.some(isHeld);
  }
  const fact = facts[condition.variable];
  return fact !== undefined && matches(condition.value, fact) === condition.isEqual;
}

/** What a condition comes to once the permission is known: decided, or left to what the request will be about. */
export function whenAsking(
  condition: Condition | null,
  permission: Permission,
): "always" | "never" | "open" {
  if (condition === null) return "always";
  if (condition.kind === "compare") {
    if (condition.variable !== "request.permission") return "open";
    return holds(condition, { "request.permission": permission }) ? "always" : "never";
  }
  const parts = condition.parts.map((part) => whenAsking(part, permission));
  const [decisive, other] =
    condition.kind === "all" ? (["never", "always"] as const) : (["always", "never"] as const);
  if (parts.includes(decisive)) return decisive;
  return parts.every((part) => part === other) ? other : "open";
}

/** One text for conditions that say the same: for comparing, and for telling people. */
export function printCondition(condition: Condition): string {
  if (condition.kind === "compare") {
    const { text, isPattern } = condition.value;
    const value = isPattern ? `/${text}/` : `'${text}'`;
    return `${condition.variable} ${condition.isEqual ? "=" : "!="} ${value.toLowerCase()}`;
  }
  const parts = [...new Set(condition.parts.map(printCondition))].sort();
  return parts.length === 1 ? (parts[0] ?? "") : `${condition.kind} {${parts.join(", ")}}`;
}

/** Whatever the case. A pattern's `*` stands for any text; the time taken grows with the lengths' product at most. */
export function matches(
  { text, isPattern }: { text: string; isPattern: boolean },
  fact: string,
): boolean {
  const wanted = text.toLowerCase();
  const found = fact.toLowerCase();
  if (!isPattern) return wanted === found;
  const [head = "", ...rest] = wanted.split("*");
  const tail = rest.pop();
  if (tail === undefined) return wanted === found;
  if (found.length < head.length + tail.length) return false;
  if (!found.startsWith(head) || !found.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const next = found.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return at <= found.length - tail.length;
}
