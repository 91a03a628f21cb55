"use client";

import { useRouter } from "next/navigation";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";

import { DataTable, type DataTableProps } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import type { Column } from "@/components/table/table-parts";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { removeUserFromGroupAction } from "@/lib/actions/groups";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
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
  const [asked, setAsked] = useState<MembershipView | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const ask = (membership: MembershipView) => {
    setAsked(membership);
    setIsAsking(true);
  };
  const region = useFocusAfterRemoval(memberships.length);
  return (
    <div ref={region} tabIndex={-1} data-focus-target="">
      <Memberships
        label="Groups"
        columns={columns}
        rows={memberships}
        rowKey={({ id }) => id}
        {...(canEdit && { actions: removalMenu(ask) })}
        empty={
          <EmptyState action={addButton}>
            {isOwn ? "You are in no group." : "This user is in no group."} Everybody manages their
            own credentials without one.
          </EmptyState>
        }
      />
      {asked !== null && (
        <RemoveDialog membership={asked} isOpen={isAsking} onClose={() => setIsAsking(false)} />
      )}
    </div>
  );
}

/** The rows are there at once; the heads sort as soon as their code is. */
function Memberships(props: DataTableProps<MembershipView>) {
  return (
    <Suspense fallback={<DataTable {...props} />}>
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

/** The focus goes back to the row's own button, and with the row it would be lost. */
function useFocusAfterRemoval(count: number) {
  const region = useRef<HTMLDivElement>(null);
  const former = useRef(count);
  useEffect(() => {
    const isFewer = count < former.current;
    former.current = count;
    if (isFewer && document.activeElement === document.body) region.current?.focus();
  }, [count]);
  return region;
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

function RemoveDialog({
  membership: { id, userName, groupName },
  isOpen,
  onClose,
}: {
  membership: MembershipView;
  isOpen: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const removal = useActionMutation(removeUserFromGroupAction);
  const close = () => {
    removal.reset();
    onClose();
  };
  const remove = () =>
    removal.mutate(
      { membershipId: id },
      {
        onSuccess: () => {
          close();
          announce(`“${userName}” was removed from ${groupName}`);
          router.refresh();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={remove}
      title={`Remove “${userName}” from “${groupName}”`}
      confirmLabel="Remove from group"
      pending={removal.isPending}
      error={removal.error}
    >
      <p>
        What this group allows is refused to the user from now on, in the console and for signed
        requests. Their own credentials stay.
      </p>
    </ConfirmDialog>
  );
}
