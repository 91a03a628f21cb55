import { SectionHeader } from "@/components/shell/page-header";
import { AddToGroupButton } from "@/components/users/add-to-group";
import { GroupsTable } from "@/components/users/groups-table";
import type { MembershipView } from "@/lib/domain/groups/present";
import type { Caller } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { listGroups } from "@/lib/services/groups/list-groups";
import { listMemberships } from "@/lib/services/groups/list-memberships";

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
        linked={linkedGroups(caller, memberships.items)}
        isOwn={caller.userId === user.id}
        addButton={addButton}
      />
    </section>
  );
}

/** Those whose pages the viewer may open. */
const linkedGroups = (caller: Caller, memberships: readonly MembershipView[]) =>
  memberships
    .filter(
      ({ groupId: id, groupName: name }) =>
        may(caller, "GetGroup", { group: { id, name } }).allowed,
    )
    .map(({ groupId }) => groupId);

/** Of one group more than the user is in, one is another. */
async function isAnotherGroup(caller: Caller, joined: readonly string[]): Promise<boolean> {
  const { items } = await listGroups(caller, { limit: Math.min(joined.length + 1, mostShown) });
  return items.some(({ id }) => !joined.includes(id));
}
