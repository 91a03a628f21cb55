import type { Caller } from "@/lib/domain/caller";
import type { MembershipView } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";

/** Whether the viewer may open the page of the group that somebody is in. */
export const mayOpenGroup = (caller: Caller, { groupId: id, groupName: name }: MembershipView) =>
  may(caller, "GetGroup", { group: { id, name } }).allowed;
