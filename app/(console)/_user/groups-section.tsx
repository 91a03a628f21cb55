import { SectionHeader } from "@/components/shell/page-header";
import { AddToGroupButton } from "@/components/users/add-to-group";
import { GroupsTable } from "@/components/users/groups-table";
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
  const [memberships, groups] = await Promise.all([
    listMemberships(caller, { userId: user.id, limit: mostShown }),
    canEdit
      ? listGroups(caller, { limit: mostShown, sortBy: "NAME", sortOrder: "ASC" })
      : undefined,
  ]);
  const joined = new Set(memberships.items.map(({ groupId }) => groupId));
  const joinable = groups?.items.filter(({ id }) => !joined.has(id)) ?? [];
  const addButton = canEdit && (
    <AddToGroupButton
      user={user}
      groups={joinable.map(({ id, name, description, isAdministrators }) => ({
        id,
        name,
        description,
        isAdministrators,
      }))}
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
        isOwn={caller.userId === user.id}
        addButton={addButton}
      />
    </section>
  );
}
