import "server-only";
import { lt, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { rateLimits } from "./schema/requests";

export interface Bucket {
  /** What is counted, for example `forgot-password:source:192.0.2.1`. */
  bucket: string;
  /** How many are allowed in one window. */
  limit: number;
  windowSeconds: number;
}

/**
 * Counts one more in the bucket's window, by database time. Exact on any number of processes: one statement counts
 * and judges. A window begins with its first use; once it is over, the next use begins another.
 */
export async function takeFromBucket(
  tx: Tx,
  { bucket, limit, windowSeconds }: Bucket,
): Promise<{ allowed: boolean; retryAfterSeconds: number }> {
  const fresh = { windowEndsAt: sql`now() + make_interval(secs => ${windowSeconds})`, used: 1 };
  const isOver = sql`${rateLimits.windowEndsAt} <= now()`;
  const [taken] = await tx
    .insert(rateLimits)
    .values({ bucket, ...fresh })
    .onConflictDoUpdate({
      target: rateLimits.bucket,
      set: {
        // Refusals do not count on: a counter that only grows would overflow under a patient attacker.
        used: sql`case when ${isOver} then 1 else least(${rateLimits.used}, ${limit}::int) + 1 end`,
        windowEndsAt: sql`case when ${isOver} then excluded.window_ends_at else ${rateLimits.windowEndsAt} end`,
      },
    })
    .returning({
      used: rateLimits.used,
      secondsLeft: sql<number>`ceil(extract(epoch from ${rateLimits.windowEndsAt} - now()))::int`,
    });
  if (!taken) throw new Error("The upsert of a rate limit returned nothing.");
  const allowed = taken.used <= limit;
  return { allowed, retryAfterSeconds: allowed ? 0 : Math.max(1, taken.secondsLeft) };
}

/** Deletes windows that are over. Returns how many there were. */
export async function purgeRateLimits(tx: Tx): Promise<number> {
  const { rowCount } = await tx.delete(rateLimits).where(lt(rateLimits.windowEndsAt, sql`now()`));
  return rowCount ?? 0;
}
