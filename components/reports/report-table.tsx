import Link from "next/link";

import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status, type Tone } from "@/components/ui/status";
import { kindById } from "@/lib/domain/credentials/registry";
import { type Attention, type HeldRow, verdictWords } from "@/lib/domain/reports/credential-report";

export function ReportTable({
  rows,
  attention,
}: {
  rows: readonly HeldRow[];
  attention: Attention;
}) {
  return (
    <DataTable
      label={verdictWords[attention]}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.credentialId ?? row.userId}
      empty={<EmptyState>{nothing[attention]}</EmptyState>}
    />
  );
}

const nothing = {
  expiring: "No credential expires within 30 days.",
  "never-used": "Every credential was used at least once.",
  old: "No credential is older than 90 days.",
} as const satisfies Record<Attention, string>;

const columns: readonly Column<HeldRow>[] = [
  {
    id: "credential",
    header: "Credential",
    place: "name",
    cell: (row) => {
      const kind = kindById(row.kind)?.description;
      return (
        <>
          <Link
            href={`/identity/users/${row.userId}/${kind?.section ?? "details"}`}
            className="link inline-flex min-h-6 items-center rounded-mark break-all"
          >
            {row.name === null || row.name === "" ? row.publicId : row.name}
          </Link>
          <span className="block font-normal text-ink-soft">{kind?.noun.one ?? row.kind}</span>
        </>
      );
    },
  },
  {
    id: "verdicts",
    header: "Verdict",
    place: "state",
    cell: ({ verdicts }) => (
      <span className="flex flex-col items-start gap-1 max-sm:items-end">
        {verdicts.map((verdict) => (
          <Status key={verdict} tone={tones[verdict]}>
            {verdictWords[verdict]}
          </Status>
        ))}
      </span>
    ),
  },
  {
    id: "owner",
    header: "Owner",
    cell: ({ user, userId, userSecondFactor }) => (
      <>
        <Link
          href={`/identity/users/${userId}/details`}
          className="link inline-flex min-h-6 items-center rounded-mark break-all"
        >
          {user}
        </Link>
        {userSecondFactor === false && (
          <span className="block text-tiny text-ink-soft">no second factor</span>
        )}
      </>
    ),
  },
  { id: "created", header: "Created", cell: (row) => <Created row={row} /> },
  {
    id: "used",
    header: "Last used",
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? (
        <span className="text-ink-faint">never</span>
      ) : (
        <RelativeTime instant={lastUsedAt} />
      ),
  },
  {
    id: "expires",
    header: "Expires",
    cell: ({ expiresAt }) =>
      expiresAt === null ? (
        <span className="text-ink-faint">never</span>
      ) : (
        <RelativeTime instant={expiresAt} />
      ),
  },
];

function Created({ row: { createdAt, secretMadeAt } }: { row: HeldRow }) {
  return (
    <>
      <RelativeTime instant={createdAt} />
      {secretMadeAt !== createdAt && (
        <span className="block text-tiny text-ink-faint">
          secret made <RelativeTime instant={secretMadeAt} />
        </span>
      )}
    </>
  );
}

const tones = {
  blocked: "danger",
  expired: "danger",
  expiring: "warn",
  "never-used": "neutral",
  old: "warn",
} as const satisfies Record<string, Tone>;
