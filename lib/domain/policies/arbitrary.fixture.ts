import fc from "fast-check";

import { resourceTypes, verbs } from "./permissions";
import { type Condition, type Location, type StatementSubject, variables } from "./statement";

/** Statements as values, and how somebody might write them, for tests that try many. */

const name = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9._+@-]{0,8}$/)
  .filter((text) => !isKeyword(text));
const spaced = fc.stringMatching(/^[A-Za-z]{1,4} [A-Za-z]{1,4}$/);
const reference = fc.oneof(
  fc.record({ name: fc.oneof(name, spaced), domain: fc.constantFrom(null, null, "Default") }),
  fc.record({ id: fc.stringMatching(/^ocid1\.group\.local\.\.[a-z2-7]{6}$/) }),
);

const keywords = ["id", "to", "in", "where", "all", "any", "group"];
const isKeyword = (text: string) => keywords.includes(text.toLowerCase());

const subject: fc.Arbitrary<StatementSubject> = fc.oneof(
  fc.constantFrom<StatementSubject>({ kind: "any-user" }, { kind: "any-group" }),
  fc.record({
    kind: fc.constant("groups" as const),
    groups: fc.array(reference, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constantFrom("dynamic-group" as const, "service" as const),
    names: fc.array(name, { minLength: 1, maxLength: 2 }),
  }),
);

const location: fc.Arbitrary<Location> = fc.oneof(
  fc.constant<Location>({ kind: "tenancy" }),
  fc.record({
    kind: fc.constant("compartment" as const),
    path: fc.array(name, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("compartment-id" as const), id: name }),
);

const comparison = fc.record({
  kind: fc.constant("compare" as const),
  variable: fc.constantFrom(...variables),
  isEqual: fc.boolean(),
  value: fc.oneof(
    fc.record({
      text: fc.constantFrom("ann", "Bob", "USER_DELETE", "GetUser", "a, b {c}"),
      isPattern: fc.constant(false),
    }),
    fc.record({
      text: fc.constantFrom("a*", "*N", "USER_*", "*o*'"),
      isPattern: fc.constant(true),
    }),
  ),
});

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constantFrom("all" as const, "any" as const),
      parts: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).any;

export const statementParts = fc.record({
  subject,
  verb: fc.constantFrom(...verbs),
  resource: fc.constantFrom(...resourceTypes),
  location,
  condition: fc.option(condition),
});

type Parts = typeof statementParts extends fc.Arbitrary<infer P> ? P : never;

const quoted = (text: string) => (text.includes(" ") ? `'${text}'` : text);

export function written(parts: Parts): string {
  const where = parts.condition ? ` where ${writtenCondition(parts.condition)}` : "";
  return `Allow ${writtenSubject(parts.subject)} to ${parts.verb} ${parts.resource} in ${writtenLocation(parts.location)}${where}`;
}

function writtenSubject(subject: StatementSubject): string {
  if (subject.kind === "groups") {
    const groups = subject.groups.map((each) => {
      if ("id" in each) return `id ${each.id}`;
      return each.domain === null ? quoted(each.name) : `${each.domain}/${quoted(each.name)}`;
    });
    return `group ${groups.join(", ")}`;
  }
  return "names" in subject ? `${subject.kind} ${subject.names.join(", ")}` : subject.kind;
}

function writtenLocation(location: Location): string {
  if (location.kind === "tenancy") return "tenancy";
  return location.kind === "compartment"
    ? `compartment ${location.path.join(":")}`
    : `compartment id ${location.id}`;
}

function writtenCondition(condition: Condition): string {
  if (condition.kind !== "compare")
    return `${condition.kind} {${condition.parts.map(writtenCondition).join(", ")}}`;
  const { text, isPattern } = condition.value;
  const value = isPattern ? `/${text}/` : `'${text}'`;
  return `${condition.variable} ${condition.isEqual ? "=" : "!="} ${value}`;
}
