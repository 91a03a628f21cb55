import { infiniteQueryOptions } from "@tanstack/react-query";

import type { ActivityPage } from "@/lib/domain/audit/activity";

import { fetchJson } from "./fetcher";

/** A user's activity, page by page into the past. The page's own HTML brings the newest. */
export function activityQuery(userId: string, newest: ActivityPage) {
  return infiniteQueryOptions({
    queryKey: ["users", userId, "activity"],
    queryFn: ({ pageParam, signal }) => fetchJson<ActivityPage>(address(userId, pageParam), signal),
    initialPageParam: firstPage,
    getNextPageParam: (last: ActivityPage) => last.next,
    initialData: { pages: [newest], pageParams: [firstPage] },
    // Every visit comes with the newest in its HTML: nothing to keep, nothing to read again behind the reader's back.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

const firstPage: number | null = null;

function address(userId: string, before: number | null): string {
  const path = `/api/console/users/${encodeURIComponent(userId)}/activity`;
  return before === null ? path : `${path}?before=${before}`;
}
