"use client";

import Link from "next/link";
import { lazy, type ReactNode, Suspense, useState } from "react";

import { DataTable } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import type { Column } from "@/components/table/table-parts";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { RelativeTime } from "@/components/ui/relative-time";
import type { MembershipView } from "@/lib/domain/groups/present";

const RemoveMemberDialog = lazy(async () => ({
  default: (await import("./remove-member-dialog")).RemoveMemberDialog,
}));

type MembersTableProps = {
  memberships: readonly MembershipView[];
  canEdit: boolean;
  empty: ReactNode;
};

/** One page of a group's members, who is longest in it first. */
export function MembersTable({ memberships, canEdit, empty }: MembersTableProps) {
  const [asked, setAsked] = useState<MembershipView | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const region = useFocusAfterRemoval(memberships.length);
  const menuOf = (membership: MembershipView) => (
    <RowActions
      entries={[
        {
          kind: "action",
          label: "Remove",
          tone: "danger",
          onSelect: () => {
            setAsked(membership);
            setIsAsking(true);
          },
        },
      ]}
    />
  );
  return (
    <div ref={region} tabIndex={-1} data-focus-target="">
      <DataTable
        label="Members"
        columns={columns}
        rows={memberships}
        rowKey={({ id }) => id}
        {...(canEdit && { actions: menuOf })}
        empty={empty}
      />
      {asked !== null && (
        <Suspense fallback={null}>
          <RemoveMemberDialog
            membership={asked}
            isOpen={isAsking}
            onClose={() => setIsAsking(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

const columns: readonly Column<MembershipView>[] = [
  {
    id: "name",
    header: "User name",
    place: "name",
    cell: ({ userId, userName }) => (
      <Link
        href={`/identity/users/${userId}/details`}
        className="link inline-flex min-h-6 items-center rounded-mark break-all"
      >
        {userName}
      </Link>
    ),
  },
  {
    id: "since",
    header: "Member since",
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
];
