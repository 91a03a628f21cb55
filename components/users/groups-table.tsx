"use client";

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
  isOwn: boolean;
  addButton: ReactNode;
};

export function GroupsTable({ memberships, canEdit, isOwn, addButton }: GroupsTableProps) {
  const { shown, isOpen, show, close } = useShown<MembershipView>();
  const region = useFocusAfterRemoval(memberships.length);
  return (
    <div ref={region} tabIndex={-1} data-focus-target="">
      <SortableTable
        label="Groups"
        columns={columns}
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

const columns: readonly Column<MembershipView>[] = [
  {
    id: "name",
    header: "Group",
    place: "name",
    sortBy: ({ groupName }) => groupName,
    cell: ({ groupName }) => groupName,
  },
  {
    id: "since",
    header: "Member since",
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
];
