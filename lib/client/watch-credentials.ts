import { QueryObserver } from "@tanstack/react-query";

import { type ListedKind, type ListReading, waits } from "./credential-list";
import { credentialsQuery } from "./queries";
import { cacheOf } from "./query-cache";
import type { CacheHolder } from "./query-cache-holder";

const everyMilliseconds = 3_000;

/**
 * Reads the list at once, again whenever TanStack Query sees a reason, and every few seconds while a fresh credential
 * waits for its first use and the page is in sight; until the signal comes.
 */
export function watchCredentials(
  holder: CacheHolder,
  { ownerId, kindId, newest }: ListedKind,
  onRead: (reading: ListReading) => void,
  signal: AbortSignal,
): void {
  if (signal.aborted) return;
  const observer = new QueryObserver(cacheOf(holder), {
    ...credentialsQuery(ownerId, kindId),
    initialData: newest,
    refetchOnMount: "always",
    refetchInterval: ({ state }) => (waits(state.data, Date.now()) ? everyMilliseconds : false),
    refetchIntervalInBackground: false,
  });
  signal.addEventListener("abort", observer.subscribe(onRead));
}
