import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";

import type { Credential } from "@/lib/domain/credentials/present";

import { dueAt, endedListing } from "./credential-time";
import { credentialColumns } from "./credentials";
import type { Tx } from "./db";
import { credentials } from "./schema/credentials";

/** A credential that has not ended although its time is up. */
export interface Due {
  readonly id: string;
  readonly ownerId: string;
  readonly at: Date;
}

const isDue = and(isNull(credentials.endedAt), sql`${dueAt} <= now()`);

/** Those due at this moment, the longest due first, behind another. */
export async function findDue(
  tx: Tx,
  { after, most }: { after: Due | undefined; most: number },
): Promise<Due[]> {
  const beyond =
    after &&
    sql`(${dueAt}, ${credentials.id}) > (${after.at.toISOString()}::timestamptz, ${after.id})`;
  const rows = await tx
    .select({ id: credentials.id, ownerId: credentials.ownerId, at: sql<string>`${dueAt}` })
    .from(credentials)
    .where(and(isDue, beyond))
    .orderBy(dueAt, asc(credentials.id))
    .limit(most);
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));
}

/** An owner's, those that were replaced first. Call under the owner's lock. */
export function findDueOf(tx: Tx, ownerId: string): Promise<Credential[]> {
  return tx
    .select(credentialColumns)
    .from(credentials)
    .where(and(eq(credentials.ownerId, ownerId), isDue))
    .orderBy(sql`${credentials.retiringUntil} is null`, credentials.createdAt, credentials.id);
}

/** Deletes rows that are listed no more, the oldest first, and answers how many; rows that others are at are left to them. */
export async function purgeEnded(tx: Tx, most: number): Promise<number> {
  const old = tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(sql`${credentials.endedAt} <= now() - ${sql.raw(endedListing)}`)
    .orderBy(credentials.endedAt)
    .limit(most)
    .for("update", { skipLocked: true });
  const { rowCount } = await tx.delete(credentials).where(inArray(credentials.id, old));
  return rowCount ?? 0;
}
