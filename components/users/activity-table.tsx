"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { EventOutcome, EventWhat, EventWhere } from "@/components/audit/event-cells";
import { DataTable } from "@/components/table/data-table";
import type { Column } from "@/components/table/table-parts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InlineAlert } from "@/components/ui/inline-alert";
import { RelativeTime } from "@/components/ui/relative-time";
import { activityQuery } from "@/lib/client/activity-query";
import { useQueryCache } from "@/lib/client/query-cache";
import type { ActivityLine, ActivityPage } from "@/lib/domain/audit/activity";

export function ActivityTable({ userId, newest }: { userId: string; newest: ActivityPage }) {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    activityQuery(userId, newest),
    useQueryCache(),
  );
  const lines = data.pages.flatMap((page) => page.lines);
  return (
    <>
      <DataTable
        label="Activity"
        columns={columns}
        rows={lines}
        rowKey={(line) => String(line.id)}
        empty={
          <EmptyState>
            Nothing has happened yet. Sign-ins, changes of credentials and refused requests appear
            here.
          </EmptyState>
        }
      />
      <div className="mt-3 flex flex-col items-start gap-3">
        {error !== null && (
          <InlineAlert>{error.message || "The older events did not come."}</InlineAlert>
        )}
        {hasNextPage && (
          <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        )}
        {!hasNextPage && lines.length > 0 && (
          <p className="text-small text-ink-faint">That is everything that is kept.</p>
        )}
      </div>
    </>
  );
}

const columns: readonly Column<ActivityLine>[] = [
  { id: "what", header: "What", place: "name", cell: (line) => <EventWhat line={line} /> },
  {
    id: "outcome",
    header: "Outcome",
    place: "state",
    cell: ({ outcome }) => <EventOutcome outcome={outcome} />,
  },
  { id: "who", header: "Who", cell: ({ who }) => who },
  { id: "when", header: "When", cell: ({ at }) => <RelativeTime instant={at} /> },
  { id: "where", header: "Where", cell: (line) => <EventWhere line={line} /> },
];
