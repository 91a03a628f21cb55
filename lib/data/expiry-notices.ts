import "server-only";
import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";

import type { UserState } from "@/lib/domain/caller";
import type { Credential } from "@/lib/domain/credentials/present";

import { nextNotice } from "./credential-time";
import { credentialColumns } from "./credentials";
import type { Tx } from "./db";
import type { Due } from "./due-credentials";
import { credentials } from "./schema/credentials";
import { users } from "./schema/users";

/** One that is disabled waits: what comes due meanwhile is said once it is enabled. */
const isDue = and(
  isNull(credentials.endedAt),
  isNull(credentials.disabledAt),
  lte(credentials.noticeAt, sql`now()`),
);

/**
 * Credentials whose owner is to be written to at this moment, the longest due first, behind another; those of suspended
 * users wait until these are active again.
 */
export async function findNotices(
  tx: Tx,
  { after, most }: { after: Due | undefined; most: number },
): Promise<Due[]> {
  const beyond =
    after &&
    sql`(${credentials.noticeAt}, ${credentials.id}) > (${after.at.toISOString()}::timestamptz, ${after.id})`;
  const rows = await tx
    .select({ id: credentials.id, ownerId: credentials.ownerId, at: credentials.noticeAt })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(and(isDue, eq(users.state, "active"), beyond))
    .orderBy(asc(credentials.noticeAt), asc(credentials.id))
    .limit(most);
  return rows.flatMap(({ at, ...row }) => (at === null ? [] : [{ ...row, at }]));
}

/** An owner's. Call under the owner's lock. */
export function findNoticesOf(tx: Tx, ownerId: string): Promise<Credential[]> {
  return tx
    .select(credentialColumns)
    .from(credentials)
    .where(and(eq(credentials.ownerId, ownerId), isDue))
    .orderBy(credentials.createdAt, credentials.id);
}

/** Marks what was due as done; what changes is not the credential, so its version stays. */
export async function awaitNextNotice(
  tx: Tx,
  { id, expiresAt }: Pick<Credential, "id" | "expiresAt">,
): Promise<void> {
  await tx
    .update(credentials)
    .set({ noticeAt: nextNotice(expiresAt) })
    .where(eq(credentials.id, id));
}

/** What a notice was about, as it stands now. */
export async function findNoticed(
  tx: Tx,
  { id, ownerId }: Pick<Credential, "id" | "ownerId">,
): Promise<{ credential: Credential; owner: { state: UserState } } | undefined> {
  const [found] = await tx
    .select({ credential: credentialColumns, owner: { state: users.state } })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(and(eq(credentials.id, id), eq(credentials.ownerId, ownerId)));
  return found;
}
