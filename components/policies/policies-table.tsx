import Link from "next/link";
import type { ReactNode } from "react";

import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import type { PolicyView } from "@/lib/domain/policies/present";

import { policyPath } from "./policies-paths";

/** Every policy with what it says. */
export function PoliciesTable({
  policies,
  empty,
}: {
  policies: readonly PolicyView[];
  empty: ReactNode;
}) {
  return (
    <DataTable
      label="Policies"
      columns={columns}
      rows={policies}
      rowKey={({ id }) => id}
      empty={empty}
    />
  );
}

const mostShown = 3;

const columns: readonly Column<PolicyView>[] = [
  {
    id: "name",
    header: "Name",
    place: "name",
    cell: ({ id, name, isProtected }) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          href={policyPath(id)}
          className="link inline-flex min-h-6 items-center rounded-mark wrap-anywhere"
        >
          {name}
        </Link>
        {isProtected && <Badge>Protected</Badge>}
      </span>
    ),
  },
  {
    id: "statements",
    header: "Statements",
    cell: ({ statements }) => <Statements statements={statements} />,
  },
  {
    id: "created",
    header: "Created",
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
];

function Statements({ statements }: Pick<PolicyView, "statements">) {
  const more = statements.length - mostShown;
  return (
    <ul className="flex flex-col gap-0.5 py-1">
      {statements.slice(0, mostShown).map((text) => (
        <li key={text}>
          <code className="wrap-anywhere">{text}</code>
        </li>
      ))}
      {more > 0 && <li className="text-ink-soft">and {more} more</li>}
    </ul>
  );
}
