import type { ListedKind, ListReading } from "./credential-list";
import type { CacheHolder } from "./query-cache-holder";

/** Follows the list as soon as what it takes has come; returns what ends it. */
export function followCredentials(
  holder: CacheHolder,
  listed: ListedKind,
  onRead: (reading: ListReading) => void,
): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  import("./watch-credentials").then(
    ({ watchCredentials }) => watchCredentials(holder, listed, onRead, signal),
    (error: Error) => signal.aborted || onRead({ error }),
  );
  return () => leaving.abort();
}
