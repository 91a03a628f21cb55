import Link from "next/link";
import type { ReactNode } from "react";

import { DataTable } from "@/components/table/data-table";
import { SortLink } from "@/components/table/sort-controls";
import type { Column, TablePart } from "@/components/table/table-parts";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import type { UserView } from "@/lib/domain/users/present";

import { RowChoice } from "./bulk/choice";
import { UserStatus } from "./user-status";
import { kindWords } from "./user-words";
import { type UsersQuery, type UsersSort, usersHref } from "./users-query";

/** One page of the tenancy's users. The server sorts; the heads are links. */
export function UsersTable({
  users,
  query,
  isMixed,
  empty,
}: {
  users: readonly UserView[];
  query: UsersQuery;
  /** Whether not all are in the order that was asked for: then no head says that they are. */
  isMixed: boolean;
  empty: ReactNode;
}) {
  return (
    <DataTable
      label="Users"
      columns={columns}
      heads={columns.map((column) => headOf(column, query, isMixed))}
      rows={users}
      rowKey={(user) => user.id}
      empty={empty}
    />
  );
}

const columns: readonly Column<UserView>[] = [
  { id: "name", header: "User name", place: "name", cell: (user) => <NameCell user={user} /> },
  {
    id: "description",
    header: "Description",
    cell: (user) =>
      user.description === "" ? (
        <Nothing />
      ) : (
        <span className="line-clamp-2 max-w-[30ch] break-words sm:line-clamp-1">
          {user.description}
        </span>
      ),
  },
  {
    id: "email",
    header: "E-mail",
    cell: (user) =>
      user.email === null ? <Nothing /> : <span className="break-all">{user.email}</span>,
  },
  {
    id: "state",
    header: "State",
    place: "state",
    cell: (user) => <UserStatus user={user} />,
  },
  {
    id: "lastSignIn",
    header: "Last sign-in",
    cell: (user) =>
      user.lastSignInAt === null ? (
        <span className="text-ink-faint">never</span>
      ) : (
        <RelativeTime instant={user.lastSignInAt} />
      ),
  },
  { id: "created", header: "Created", cell: (user) => <RelativeTime instant={user.createdAt} /> },
];

function NameCell({ user }: { user: UserView }) {
  return (
    <span className="flex items-center gap-x-2">
      <RowChoice user={{ id: user.id, name: user.name }} />
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          href={`/identity/users/${user.id}/details`}
          className="link inline-flex min-h-6 items-center rounded-mark wrap-anywhere"
        >
          {user.name}
        </Link>
        {user.kind !== "local" && <Badge>{kindWords[user.kind]}</Badge>}
      </span>
    </span>
  );
}

function Nothing() {
  return (
    <>
      <span aria-hidden="true" className="text-ink-faint">
        –
      </span>
      <span className="sr-only">none</span>
    </>
  );
}

/** The sort that a press on a column's head leads to; a second press turns it round. */
const headSorts: Readonly<Record<string, readonly [UsersSort, UsersSort]>> = {
  name: ["name", "-name"],
  created: ["-created", "created"],
};

function headOf(column: Column<UserView>, query: UsersQuery, isMixed: boolean): TablePart {
  const sorts = headSorts[column.id];
  if (sorts === undefined) return { column, sorted: false };
  const [first, second] = sorts;
  const isSorted = query.sort === first || query.sort === second;
  const sorted = isSorted && !isMixed && (query.sort.startsWith("-") ? "desc" : "asc");
  const next = query.sort === first ? second : first;
  const href = usersHref({ ...query, sort: next, page: undefined });
  return { column, sorted, label: <SortLink column={column} sorted={sorted} href={href} /> };
}
