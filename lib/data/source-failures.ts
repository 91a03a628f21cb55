import "server-only";
import { sql } from "drizzle-orm";

import type { Tx } from "./db";
import { rateLimits } from "./schema/requests";

const windowSeconds = 60;
const sourceBucket = (address: string) => `sign-in-source:${address}`;
const nameBucket = (address: string, nameKey: string) => `sign-in-name:${address}:${nameKey}`;

/**
 * Takes a place for a name among those that a source may fail on in a minute; to be given back when the attempt
 * succeeds. Taken before the password is checked and by counting statements only, so that attempts at once, on any
 * number of processes, get no more places than there are. A name that has a place needs no second one. Whoever is told
 * that all are taken must not commit: this attempt has been counted.
 */
export async function takeSourcePlace(
  tx: Tx,
  { address, nameKey, limit }: { address: string; nameKey: string; limit: number },
): Promise<{ state: "taken" | "had" } | { state: "full"; retryAfterSeconds: number }> {
  const name = nameBucket(address, nameKey);
  if ((await countInWindow(tx, name)).used > 1) return { state: "had" };
  const source = await countInWindow(tx, sourceBucket(address));
  if (source.used <= limit) return { state: "taken" };
  return { state: "full", retryAfterSeconds: Math.max(1, source.secondsLeft) };
}

/** Gives a place back, unless another attempt on the name has come to rely on it. */
export async function giveBackSourcePlace(
  tx: Tx,
  { address, nameKey }: { address: string; nameKey: string },
): Promise<void> {
  await tx.execute(sql`
    with given as (
      delete from rate_limits where bucket = ${nameBucket(address, nameKey)} and used = 1
      returning bucket)
    update rate_limits set used = used - 1
    where bucket = ${sourceBucket(address)} and used > 0 and exists (select from given)`);
}

async function countInWindow(
  tx: Tx,
  bucket: string,
): Promise<{ used: number; secondsLeft: number }> {
  const isOver = sql`${rateLimits.windowEndsAt} <= now()`;
  const [row] = await tx
    .insert(rateLimits)
    .values({ bucket, used: 1, windowEndsAt: sql`now() + make_interval(secs => ${windowSeconds})` })
    .onConflictDoUpdate({
      target: rateLimits.bucket,
      set: {
        used: sql`case when ${isOver} then 1 else ${rateLimits.used} + 1 end`,
        windowEndsAt: sql`case when ${isOver} then excluded.window_ends_at else ${rateLimits.windowEndsAt} end`,
      },
    })
    .returning({
      used: rateLimits.used,
      secondsLeft: sql<number>`ceil(extract(epoch from ${rateLimits.windowEndsAt} - now()))::int`,
    });
  if (!row) throw new Error("The upsert of a rate limit returned nothing.");
  return row;
}
