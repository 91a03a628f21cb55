"use client";

import { lazy, type ReactNode, Suspense } from "react";

import { RemoveMemberDialog } from "@/components/groups/remove-member-dialog";
import { DataTable, type DataTableProps } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import type { Column } from "@/components/table/table-parts";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { useShown } from "@/components/ui/use-shown";
import type { MembershipView } from "@/lib/domain/groups/present";

const SortedMemberships = lazy(async () => ({
  default: (await import("@/components/table/sortable-table")).SortableTable<MembershipView>,
}));

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
      <Memberships
        label="Groups"
        columns={columns}
        rows={memberships}
        rowKey={({ id }) => id}
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

/**
 * The rows are there at once; the heads sort as soon as their code is. That makes everything anew, and a menu opened before
 * would close under the hand: so none opens before. Where there is nothing to sort there is a button to add, whose dialog
 * would close in the same way.
 */
function Memberships(props: DataTableProps<MembershipView>) {
  const { actions, rows } = props;
  if (rows.length === 0) return <DataTable {...props} />;
  const atRest = actions && ((row: MembershipView) => <div inert>{actions(row)}</div>);
  return (
    <Suspense fallback={<DataTable {...props} actions={atRest} />}>
      <SortedMemberships {...props} initialSort={{ id: "name", isDescending: false }} />
    </Suspense>
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
