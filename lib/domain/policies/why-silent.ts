import { type GroupRef, refersTo } from "./authority";
import { didYouMean } from "./unknown-values";
import type { GroupReference, StatementSubject } from "./statement";

/** Why a statement says nothing of somebody; `known` are the groups that its subject may name and that exist. */
export function whySilent(
  subject: StatementSubject,
  person: { readonly name: string; readonly groups: readonly GroupRef[] },
  known: readonly GroupRef[],
): string {
  switch (subject.kind) {
    case "dynamic-group":
    case "service":
      return "It is for machines of Oracle’s cloud, and no user is one.";
    case "any-group":
    case "any-user":
      return `${person.name} is in no group.`;
    case "groups":
      return whyNoMember(subject.groups, person, known);
  }
}

function whyNoMember(
  references: readonly GroupReference[],
  { name, groups }: { readonly name: string; readonly groups: readonly GroupRef[] },
  known: readonly GroupRef[],
): string {
  const theirs = groups.map((group) => group.name);
  const found = references.map((reference) => ({
    reference,
    group: known.find((group) => refersTo(reference, group)),
  }));
  const others = found.flatMap(({ group }) => (group ? [group.name] : []));
  const missing = found.flatMap(({ reference, group }) =>
    group ? [] : [whyNoGroup(reference, theirs)],
  );
  const member = others.length === 0 ? [] : [`${name} is not in ${listed(others)}.`];
  return [...member, ...missing].join(" ");
}

function whyNoGroup(reference: GroupReference, theirs: readonly string[]): string {
  if ("id" in reference) return "There is no group with this OCID.";
  const { domain, name } = reference;
  if (domain !== null && domain.toLowerCase() !== "default")
    return `There is no domain “${domain}” here, only Default.`;
  return `There is no group “${name}”.${didYouMean(name, theirs)}`;
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
