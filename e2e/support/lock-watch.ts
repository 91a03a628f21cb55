import { setTimeout as sleep } from "node:timers/promises";

import { withDatabase } from "./database";

export interface LockWatch {
  /** How long, in milliseconds, the longest lock was held or waited for behind which writers wait, and the watch's own worst gap. */
  stop(): Promise<{ longest: number; gap: number }>;
}

/** Looks again and again at the locks on tables that are in the way of those who write to them. */
export function watchLocks(dataDir: string): LockWatch {
  const state = { isWanted: true };
  const watched = withDatabase(dataDir, async (client) => {
    const since = new Map<string, number>();
    let [longest, gap, before] = [0, 0, performance.now()];
    while (state.isWanted) {
      const { rows } = await client.query<{ lock: string }>(inTheWay);
      const now = performance.now();
      gap = Math.max(gap, now - before);
      before = now;
      const seen = new Set(rows.map(({ lock }) => lock));
      for (const lock of since.keys()) if (!seen.has(lock)) since.delete(lock);
      for (const lock of seen) {
        const first = since.get(lock) ?? now;
        since.set(lock, first);
        longest = Math.max(longest, now - first);
      }
      await sleep(5);
    }
    return { longest: Math.round(longest), gap: Math.round(gap) };
  });
  return {
    stop: () => {
      state.isWanted = false;
      return watched;
    },
  };
}

/** By transaction: one after the other by the same session is not one long lock. */
const inTheWay = `
  select virtualtransaction || ' ' || relation as lock from pg_locks
  join pg_class on pg_class.oid = relation and relkind = 'r' and relnamespace = 'public'::regnamespace
  where locktype = 'relation' and database = (select oid from pg_database where datname = current_database())
    and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`;
