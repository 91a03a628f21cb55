import "server-only";
import type { BulkAct } from "@/components/users/bulk/bulk-labels";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";

/** Somebody plain: whether the viewer may do it to each of those chosen, the use case decides for each. */
const plain = { user: { id: "", name: "", groups: [] }, group: { id: "", name: "" } };

/** What the viewer may do to many users at once. */
export function bulkOffer(caller: Caller): BulkAct[] {
  const canSuspend = may(caller, "SuspendUser", plain).allowed;
  const canReset = may(caller, "CreateOrResetUIPassword", plain).allowed;
  const acts = {
    activate: canSuspend,
    suspend: canSuspend,
    password: canReset,
    invitation: canReset,
    group: may(caller, "ListGroups").allowed && may(caller, "AddUserToGroup", plain).allowed,
  } satisfies Record<BulkAct, boolean>;
  const names: BulkAct[] = ["activate", "suspend", "password", "invitation", "group"];
  return names.filter((act) => acts[act]);
}
