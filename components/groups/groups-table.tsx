import Link from "next/link";
import type { ReactNode } from "react";

import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { type GroupView, mostCounted } from "@/lib/domain/groups/present";

import { groupPath } from "./groups-query";

export type GroupRow = GroupView & { readonly members: number };

/** One page of the tenancy's groups, by name. */
export function GroupsTable({ groups, empty }: { groups: readonly GroupRow[]; empty: ReactNode }) {
  return (
    <DataTable
      label="Groups"
      columns={columns}
      rows={groups}
      rowKey={({ id }) => id}
      empty={empty}
    />
  );
}

const columns: readonly Column<GroupRow>[] = [
  {
    id: "name",
    header: "Name",
    place: "name",
    cell: ({ id, name, isAdministrators }) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          href={groupPath(id)}
          className="link inline-flex min-h-6 items-center rounded-mark break-all"
        >
          {name}
        </Link>
        {isAdministrators && <Badge>Protected</Badge>}
      </span>
    ),
  },
  {
    id: "description",
    header: "Description",
    cell: ({ description }) =>
      description === "" ? (
        <span className="text-ink-faint">none</span>
      ) : (
        <span className="line-clamp-2 max-w-[48ch] break-words">{description}</span>
      ),
  },
  {
    id: "members",
    header: "Members",
    cell: ({ members }) => <span className="tabular-nums">{memberWords(members)}</span>,
  },
  {
    id: "created",
    header: "Created",
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
];

function memberWords(members: number): string {
  if (members > mostCounted) return `more than ${mostCounted.toLocaleString("en")}`;
  return members === 0 ? "nobody" : String(members);
}
