import "server-only";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { listGroups } from "@/lib/services/groups/list-groups";

const mostOffered = 1_000;

/** What the editor of statements needs to know: the groups, as far as the viewer may see them, and what they hold. */
export async function policyFormContext(caller: Caller) {
  const mine = caller.policies.statementsFor(caller.groups);
  if (!may(caller, "ListGroups").allowed) return { groups: [], areAllGroups: false, mine };
  const page = { limit: mostOffered, sortBy: "NAME", sortOrder: "ASC" } as const;
  const { items, nextPage } = await listGroups(caller, page);
  return { groups: items.map(({ name }) => name), areAllGroups: nextPage === null, mine };
}
