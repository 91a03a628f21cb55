import "server-only";
import { type SQL, sql } from "drizzle-orm";

import type { Tx } from "./db";

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
  const { rows } = await tx.execute<{ used: number; secondsLeft: number }>(sql`
    with name as (${counting(sql`${nameBucket(address, nameKey)}`, sql``)}),
    source as (${counting(sql`${sourceBucket(address)}`, sql`from name where name.used = 1`)})
    select used, "secondsLeft" from source`);
  const [source] = rows;
  if (!source) return { state: "had" };
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

/** Counts one more in a bucket, as often as `from` has rows. */
const counting = (bucket: SQL, from: SQL) => sql`
  insert into rate_limits as r (bucket, used, window_ends_at)
  select ${bucket}::text, 1, now() + make_interval(secs => ${windowSeconds}) ${from}
  on conflict (bucket) do update set
    used = case when r.window_ends_at <= now() then 1 else r.used + 1 end,
    window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
  returning r.used, ceil(extract(epoch from r.window_ends_at - now()))::int as "secondsLeft"`;
