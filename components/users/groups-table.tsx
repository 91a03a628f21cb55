"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { RemoveMemberDialog } from "@/components/groups/remove-member-dialog";
import { RowActions } from "@/components/table/row-actions";
import { SortableTable } from "@/components/table/sortable-table";
import type { Column } from "@/components/table/table-parts";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { useShown } from "@/components/ui/use-shown";
import type { MembershipView } from "@/lib/domain/groups/present";

type GroupsTableProps = {
  memberships: readonly MembershipView[];
  canEdit: boolean;
  /** The OCIDs of the groups whose pages the viewer may open. */
  linked: readonly string[];
  isOwn: boolean;
  addButton: ReactNode;
};

export function GroupsTable(props: GroupsTableProps) {
  const { memberships, canEdit, linked, isOwn, addButton } = props;
  const { shown, isOpen, show, close } = useShown<MembershipView>();
  const region = useFocusAfterRemoval(memberships.length);
  return (
    <div ref={region} tabIndex={-1} data-focus-target="">
      <SortableTable
        label="Groups"
        columns={[nameColumn(linked), since]}
        rows={memberships}
        rowKey={({ id }) => id}
        initialSort={{ id: "name", isDescending: false }}
        {...(canEdit && { actions: removalMenu(show) })}
        empty={
          <EmptyState action={addButton}>
            {isOwn ? "You are in no group." : "This user is in no group."} Everybody manages their
            own credentials without one.
          </EmptyState>
        }
      />
      {shown !== null && <RemoveMemberDialog membership={shown} isOpen={isOpen} onClose={close} />}
    </div>
  );
}

function removalMenu(ask: (membership: MembershipView) => void) {
  return (membership: MembershipView) => (
    <RowActions
      entries={[
        { kind: "action", label: "Remove", tone: "danger", onSelect: () => ask(membership) },
      ]}
    />
  );
}

const nameColumn = (linked: readonly string[]): Column<MembershipView> => ({
  id: "name",
  header: "Group",
  place: "name",
  sortBy: ({ groupName }) => groupName,
  cell: ({ groupId, groupName }) =>
    linked.includes(groupId) ? (
      <Link href={`/identity/groups/${groupId}`} className="link rounded-mark wrap-anywhere">
        {groupName}
      </Link>
    ) : (
      groupName
    ),
});

const since: Column<MembershipView> = {
  id: "since",
  header: "Member since",
  sortBy: ({ createdAt }) => createdAt,
  cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
};
