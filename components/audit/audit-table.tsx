import Link from "next/link";

import { EventButton } from "@/components/audit/event-button";
import { EventOutcome, EventWhat, EventWhere } from "@/components/audit/event-cells";
import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { ButtonLink } from "@/components/shell/button-link";

import type { AuditLine } from "./audit-line";

export function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  return (
    <DataTable
      label="Audit log"
      columns={columns}
      rows={lines}
      rowKey={(line) => String(line.id)}
      empty={
        <EmptyState action={<ButtonLink href="/identity/audit">Show all events</ButtonLink>}>
          No event matches. Names, OCIDs, fingerprints, access keys and SMTP user names are searched
          as a whole.
        </EmptyState>
      }
    />
  );
}

const columns: readonly Column<AuditLine>[] = [
  {
    id: "what",
    header: "What",
    place: "name",
    cell: (line) => (
      <EventWhat line={line}>
        <EventButton line={line} />
      </EventWhat>
    ),
  },
  {
    id: "outcome",
    header: "Outcome",
    place: "state",
    cell: ({ outcome }) => <EventOutcome outcome={outcome} />,
  },
  {
    id: "whose",
    header: "Whose",
    cell: ({ event: { owner }, ownerIsThere }) =>
      owner === null ? (
        <span className="text-ink-faint">nobody’s</span>
      ) : !ownerIsThere ? (
        <span className="break-all">{owner.name}</span>
      ) : (
        <Link
          href={`/identity/users/${owner.id}/activity`}
          className="link inline-flex min-h-6 items-center rounded-mark break-all"
        >
          {owner.name}
        </Link>
      ),
  },
  { id: "who", header: "Who", cell: ({ who }) => <span className="break-words">{who}</span> },
  { id: "when", header: "When", cell: ({ at }) => <RelativeTime instant={at} /> },
  { id: "where", header: "Where", cell: (line) => <EventWhere line={line} /> },
];
