"use client";

import Link from "next/link";
import { lazy, Suspense } from "react";

import { DataTable } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import type { Column } from "@/components/table/table-parts";
import { useFocusAfterRemoval } from "@/components/table/use-focus-after-removal";
import { EmptyState } from "@/components/ui/empty-state";
import { LimitMeter } from "@/components/ui/limit-meter";
import { RelativeTime } from "@/components/ui/relative-time";
import { useShown } from "@/components/ui/use-shown";

import type { RequestRow } from "./request-row";

const DecideDialog = lazy(() => import("./decide-dialog"));

type Asking = { request: RequestRow; isGrant: boolean };

/** Who asked for more of what, and the two answers. */
export function RequestsTable({ requests }: { requests: readonly RequestRow[] }) {
  const { shown, isOpen, show, close } = useShown<Asking>();
  const region = useFocusAfterRemoval(requests.length);
  return (
    <div ref={region} tabIndex={-1} data-focus-target="">
      <DataTable
        label="Limit requests"
        columns={columns}
        rows={requests}
        rowKey={({ id }) => id}
        actions={menuFor(show)}
        empty={
          <EmptyState>
            Nobody waits for a higher limit. Whoever is at a limit can ask for more on the page of
            these credentials.
          </EmptyState>
        }
      />
      {shown !== null && (
        <Suspense fallback={null}>
          <DecideDialog {...shown} isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

function menuFor(ask: (asking: Asking) => void) {
  const answer = (request: RequestRow, isGrant: boolean) => ({
    kind: "action" as const,
    label: isGrant ? "Grant" : "Decline",
    onSelect: () => ask({ request, isGrant }),
    disabledReason: request.mayDecide ? undefined : beyond,
  });
  return (request: RequestRow) => (
    <RowActions entries={[answer(request, true), answer(request, false)]} />
  );
}

const beyond = "You may not manage this user: who holds more than you do decides.";

const columns: readonly Column<RequestRow>[] = [
  {
    id: "user",
    header: "User",
    place: "name",
    cell: ({ userId, userName, section }) => (
      <Link href={`/identity/users/${userId}/${section}`} className="link">
        {userName}
      </Link>
    ),
  },
  { id: "kind", header: "Wants more", cell: ({ title }) => title },
  {
    id: "use",
    header: "In use",
    cell: ({ used, limit }) => <LimitMeter used={used} limit={limit} />,
  },
  {
    id: "note",
    header: "Note",
    cell: ({ note }) => (note === "" ? <span className="text-ink-faint">None</span> : note),
  },
  {
    id: "asked",
    header: "Asked",
    cell: ({ createdAt }) => <RelativeTime instant={createdAt} />,
  },
];
