import "server-only";
import type { BulkAct, BulkGroup } from "@/components/users/bulk/bulk-labels";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { listGroups } from "@/lib/services/groups/list-groups";

const mostGroups = 200;

/** Somebody plain: whether the viewer may do it to each of those chosen, the use case decides for each. */
const plain = { user: { id: "", name: "", groups: [] }, group: { id: "", name: "" } };

/** What the viewer may do to many users at once. */
export async function bulkOffer(
  caller: Caller,
): Promise<{ acts: BulkAct[]; groups: readonly BulkGroup[] }> {
  const canSuspend = may(caller, "SuspendUser", plain).allowed;
  const canReset = may(caller, "CreateOrResetUIPassword", plain).allowed;
  const groups = await joinableGroups(caller);
  const acts = {
    activate: canSuspend,
    suspend: canSuspend,
    password: canReset,
    invitation: canReset,
    group: groups.length > 0,
  } satisfies Record<BulkAct, boolean>;
  const names: BulkAct[] = ["activate", "suspend", "password", "invitation", "group"];
  return { acts: names.filter((act) => acts[act]), groups };
}

async function joinableGroups(caller: Caller): Promise<BulkGroup[]> {
  if (!may(caller, "ListGroups").allowed || !may(caller, "AddUserToGroup", plain).allowed)
    return [];
  const asked = { limit: mostGroups, sortBy: "NAME", sortOrder: "ASC" };
  const { items } = await listGroups(caller, asked);
  return items.map(({ id, name }) => ({ id, name }));
}
