import "server-only";
import { eq, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { passwordCounters } from "./schema/passwords";

/** A check that died with its process gives its place back after this long. */
const leaseSeconds = 30;

export type Lease = { state: "granted" } | { state: "busy" } | { state: "blocked" };

/**
 * Reserves one password check for a canonical name, known or not: `failed + checks under way < most`. One statement, so
 * it is exact whatever the number of processes. Nothing that is merely under way ever blocks.
 */
export async function leasePasswordCheck(
  tx: Tx,
  nameKey: string,
  leaseId: string,
  most: number,
): Promise<Lease> {
  const granted = await tx.execute(sql`
    insert into password_counters as c (name_key, leases, updated_at)
    values (${nameKey}, jsonb_build_object(${leaseId}::text, extract(epoch from clock_timestamp())), now())
    on conflict (name_key) do update set
      leases = ${liveLeases} || excluded.leases,
      updated_at = now()
    where c.failed + (select count(*) from jsonb_object_keys(${liveLeases})) < ${most}
    returning c.failed`);
  if (granted.rowCount === 1) return { state: "granted" };
  const [row] = await tx
    .select({ failed: passwordCounters.failed })
    .from(passwordCounters)
    .where(eq(passwordCounters.nameKey, nameKey));
  return { state: row && row.failed >= most ? "blocked" : "busy" };
}

const liveLeases =
  sql.raw(`(select coalesce(jsonb_object_agg(l.key, l.value), '{}'::jsonb) from jsonb_each(c.leases) l
  where l.value::text::float8 > extract(epoch from clock_timestamp()) - ${leaseSeconds})`);

/** What is locked for a name that nobody has, where for others it is the user: one is not to be told from the other by its time. */
export async function lockCounter(tx: Tx, nameKey: string): Promise<void> {
  await tx
    .select({
      nameKey: passwordCounters.nameKey,
      failed: passwordCounters.failed,
      leases: passwordCounters.leases,
      updatedAt: passwordCounters.updatedAt,
    })
    .from(passwordCounters)
    .where(eq(passwordCounters.nameKey, nameKey))
    .for("update")
    .prepare("lock_counter")
    .execute();
}

/** Ends a check that failed; answers how many have failed in a row now. */
export async function countFailedCheck(tx: Tx, nameKey: string, leaseId: string): Promise<number> {
  const [row] = await tx
    .update(passwordCounters)
    .set({
      failed: sql`${passwordCounters.failed} + 1`,
      leases: sql`${passwordCounters.leases} - ${leaseId}::text`,
      updatedAt: sql`now()`,
    })
    .where(eq(passwordCounters.nameKey, nameKey))
    .returning({ failed: passwordCounters.failed });
  return row?.failed ?? 0;
}

/** Ends a check that neither failed nor succeeded. */
export async function returnLease(tx: Tx, nameKey: string, leaseId: string): Promise<void> {
  await tx
    .update(passwordCounters)
    .set({ leases: sql`${passwordCounters.leases} - ${leaseId}::text` })
    .where(eq(passwordCounters.nameKey, nameKey));
}

/**
 * Ends a check that succeeded and starts the count anew. False when the name was blocked while the check ran: such a
 * success opens nothing.
 */
export async function resetAfterSuccess(
  tx: Tx,
  nameKey: string,
  leaseId: string,
  most: number,
): Promise<boolean> {
  const changed = await tx
    .update(passwordCounters)
    .set({
      failed: sql`case when ${passwordCounters.failed} < ${most} then 0 else ${passwordCounters.failed} end`,
      leases: sql`${passwordCounters.leases} - ${leaseId}::text`,
      updatedAt: sql`now()`,
    })
    .where(eq(passwordCounters.nameKey, nameKey))
    .returning({ failed: passwordCounters.failed })
    .prepare("reset_after_success")
    .execute();
  return changed[0]?.failed === 0;
}

/** An administrator's unblocking, or the end of a name. */
export async function forgetFailures(tx: Tx, nameKey: string): Promise<void> {
  await tx.delete(passwordCounters).where(eq(passwordCounters.nameKey, nameKey));
}

/** Counters of names that nobody has, after a day without an attempt. */
export async function purgeUnknownCounters(tx: Tx): Promise<void> {
  await tx.execute(sql`
    delete from password_counters c where c.updated_at < now() - interval '1 day'
    and not exists (select 1 from users u where u.name_key = c.name_key)`);
}
