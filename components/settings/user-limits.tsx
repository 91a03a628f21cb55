import Link from "next/link";

import { DataTable } from "@/components/table/data-table";
import { ListFooter } from "@/components/table/list-footer";
import type { Column } from "@/components/table/table-parts";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import type { Limits } from "@/lib/domain/settings/limits";

export type UserLimitsRow = {
  readonly userId: string;
  readonly userName: string;
  /** By the kind's id. */
  readonly own: Limits;
};

const noun = { one: "user", many: "users" };

/** Whom the limits for everybody do not hold for. */
export function UserLimits({
  rows,
  firstHref,
  nextHref,
}: {
  rows: readonly UserLimitsRow[];
  firstHref: string | undefined;
  nextHref: string | undefined;
}) {
  return (
    <div className="mt-6">
      <h3 className="mb-2 font-medium">Users with limits of their own</h3>
      <DataTable
        label="Users with limits of their own"
        columns={columns}
        rows={rows}
        rowKey={({ userId }) => userId}
        empty={
          <p className="text-ink-soft">
            Nobody has any. They are given on the user’s page, with “Edit limits”, or when a request
            is granted.
          </p>
        }
      />
      <ListFooter noun={noun} shown={rows.length} firstHref={firstHref} nextHref={nextHref} />
    </div>
  );
}

const columns: readonly Column<UserLimitsRow>[] = [
  {
    id: "user",
    header: "User",
    place: "name",
    cell: ({ userId, userName }) => (
      <Link href={`/identity/users/${userId}/details`} className="link rounded-mark wrap-anywhere">
        {userName}
      </Link>
    ),
  },
  { id: "own", header: "Own limits", cell: ({ own }) => ownWords(own) },
];

const ownWords = (own: Limits) =>
  credentialKinds
    .flatMap(({ id, description }) =>
      own[id] === undefined ? [] : [`${description.title}: ${own[id]}`],
    )
    .join(", ");
