import { SectionHeader } from "@/components/shell/page-header";
import { AddToGroupButton } from "@/components/users/add-to-group";
import { GroupsTable } from "@/components/users/groups-table";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { listGroups } from "@/lib/services/groups/list-groups";
import { listMemberships } from "@/lib/services/groups/list-memberships";

import { mayOpenGroup } from "./open-group";

const mostShown = 1000;

/** One that gives its members nothing: of others each press decides. */
const anyGroup = { id: "", name: "", isAdministrators: false };

/** The groups a user is in. Administrators add and remove; everybody else reads their own. */
export async function groupsSection({
  caller,
  user,
}: {
  caller: Caller;
  user: { id: string; name: string };
}) {
  const canEdit =
    may(caller, "ListGroups").allowed &&
    may(caller, "AddUserToGroup", { user: { ...user, groups: [] }, group: anyGroup }).allowed;
  const memberships = await listMemberships(caller, { userId: user.id, limit: mostShown });
  const joined = memberships.items.map(({ groupId }) => groupId);
  const addButton = canEdit && (
    <AddToGroupButton
      user={{ id: user.id, name: user.name }}
      joined={joined}
      isAnother={await isAnotherGroup(caller, joined)}
    />
  );
  return (
    <section>
      <SectionHeader
        title="Groups"
        description={
          canEdit
            ? "What a user may do for others follows from the groups they are in."
            : "What you may do for others follows from the groups you are in. Administrators decide."
        }
        action={memberships.items.length > 0 && addButton}
      />
      <GroupsTable
        memberships={memberships.items}
        canEdit={canEdit}
        linked={memberships.items
          .filter((membership) => mayOpenGroup(caller, membership))
          .map(({ groupId }) => groupId)}
        isOwn={caller.userId === user.id}
        addButton={addButton}
      />
    </section>
  );
}

/** Of one group more than the user is in, one is another. */
async function isAnotherGroup(caller: Caller, joined: readonly string[]): Promise<boolean> {
  const { items } = await listGroups(caller, { limit: Math.min(joined.length + 1, mostShown) });
  return items.some(({ id }) => !joined.includes(id));
}
