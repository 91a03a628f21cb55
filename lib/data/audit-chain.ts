import "server-only";
import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";

import { type ChainedEvent, type ChainHead, chainStart } from "@/lib/domain/audit/chain";

import { auditColumns } from "./audit";
import type { Tx } from "./db";
import { auditCheckpoints } from "./schema/audit-checkpoints";
import { auditEvents } from "./schema/audit-events";

/** An event that has its place, with what the row says about it. */
export interface SealedEvent {
  readonly event: ChainedEvent;
  readonly position: number;
  readonly previousHash: string | null;
  readonly hash: string | null;
}

export interface Checkpoint extends ChainHead {
  readonly purpose: "head" | "purge";
  readonly signature: string;
  readonly at: Date;
}

/** One number for the whole cluster: no two processes give out places at the same time. */
const chainLock = 7_209_154_332;

/** Takes the right to give out places until the transaction ends; false when another process has it. */
export async function lockChain(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${chainLock}) as locked`,
  );
  return rows[0]?.locked === true;
}

/** The last place given; of an empty trail the one where its last purge ended. */
export async function chainHead(tx: Tx): Promise<ChainHead> {
  const [last] = await tx
    .select({ position: auditEvents.position, hash: auditEvents.hash })
    .from(auditEvents)
    .where(isNotNull(auditEvents.position))
    .orderBy(desc(auditEvents.position))
    .limit(1);
  if (last) return { position: last.position ?? 0, hash: last.hash ?? "" };
  const purged = await lastCheckpoint(tx, "purge");
  return purged ? { position: purged.position, hash: purged.hash } : chainStart;
}

/** Events without a place, in the order of their ids. */
export async function unsealedEvents(tx: Tx, limit: number): Promise<ChainedEvent[]> {
  return tx
    .select(auditColumns)
    .from(auditEvents)
    .where(isNull(auditEvents.hash))
    .orderBy(asc(auditEvents.id))
    .limit(limit);
}

export async function countUnsealedEvents(tx: Tx): Promise<number> {
  return tx.$count(auditEvents, isNull(auditEvents.hash));
}

/** Writes the places of events, once: a row that has one refuses another. */
export async function saveSeals(
  tx: Tx,
  seals: readonly { id: number; position: number; previousHash: string; hash: string }[],
): Promise<void> {
  const rows = JSON.stringify(seals);
  await tx.execute(sql`
    update audit_events set position = s.position, previous_hash = s."previousHash", hash = s.hash
    from jsonb_to_recordset(${rows}::jsonb)
      as s(id bigint, position bigint, "previousHash" text, hash text)
    where audit_events.id = s.id`);
}

export async function insertCheckpoint(tx: Tx, checkpoint: Omit<Checkpoint, "at">): Promise<void> {
  await tx.insert(auditCheckpoints).values(checkpoint).onConflictDoNothing();
}

export async function lastCheckpoint(
  tx: Tx,
  purpose: Checkpoint["purpose"],
): Promise<Checkpoint | undefined> {
  const [found] = await tx
    .select()
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.purpose, purpose))
    .orderBy(desc(auditCheckpoints.position))
    .limit(1);
  return found;
}

/** Sealed events after a place, in the chain's order. */
export async function sealedEventsAfter(
  tx: Tx,
  position: number,
  limit: number,
): Promise<SealedEvent[]> {
  const rows = await tx
    .select({
      event: auditColumns,
      position: auditEvents.position,
      previousHash: auditEvents.previousHash,
      hash: auditEvents.hash,
    })
    .from(auditEvents)
    .where(gt(auditEvents.position, position))
    .orderBy(asc(auditEvents.position))
    .limit(limit);
  return rows.map((row) => ({ ...row, position: row.position ?? 0 }));
}

/** Checkpoints after a place, in order. */
export async function checkpointsAfter(
  tx: Tx,
  position: number,
  limit: number,
): Promise<Checkpoint[]> {
  return tx
    .select()
    .from(auditCheckpoints)
    .where(and(eq(auditCheckpoints.purpose, "head"), gt(auditCheckpoints.position, position)))
    .orderBy(asc(auditCheckpoints.position))
    .limit(limit);
}

/** The oldest places whose events are older than so many days: only those that begin the trail without a gap. */
export async function expiredHead(
  tx: Tx,
  days: number,
  limit: number,
): Promise<ChainHead | undefined> {
  const rows = await tx
    .select({
      position: auditEvents.position,
      hash: auditEvents.hash,
      isOld: sql<boolean>`${auditEvents.at} < now() - make_interval(days => ${days})`,
    })
    .from(auditEvents)
    .where(isNotNull(auditEvents.position))
    .orderBy(asc(auditEvents.position))
    .limit(limit);
  const young = rows.findIndex(({ isOld }) => !isOld);
  const last = (young === -1 ? rows : rows.slice(0, young)).at(-1);
  return last && { position: last.position ?? 0, hash: last.hash ?? "" };
}

/** Takes away what is at or before a place. The database itself keeps whatever is younger than 90 days. */
export async function purgeAudit(tx: Tx, upTo: number): Promise<void> {
  await tx.execute(sql`select latchkey_purge_audit(${upTo})`);
}
