import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { credentials } from "./schema/credentials";
import { groups, memberships } from "./schema/groups";
import { policies } from "./schema/policies";
import { retryTokens } from "./schema/requests";
import { totpDevices } from "./schema/second-factors";
import { users } from "./schema/users";

export interface RetryKey {
  callerId: string;
  operation: string;
  token: string;
}

const same = (key: RetryKey) =>
  and(
    eq(retryTokens.callerId, key.callerId),
    eq(retryTokens.operation, key.operation),
    eq(retryTokens.token, key.token),
  );

/**
 * Takes the token for this transaction. A second request with it waits here until the first has committed, and then
 * finds its answer; when the first rolled back, the second goes on as the first.
 */
export async function takeRetryToken(tx: Tx, key: RetryKey, bodyHash: string): Promise<boolean> {
  await tx
    .delete(retryTokens)
    .where(and(same(key), lt(retryTokens.createdAt, sql`now() - interval '24 hours'`)));
  const taken = await tx
    .insert(retryTokens)
    .values({ ...key, bodyHash })
    .onConflictDoNothing()
    .returning({ token: retryTokens.token });
  return taken.length === 1;
}

export interface RetryRecord {
  bodyHash: string;
  subjectType: string | null;
  subjectId: string | null;
  sealedReply: string | null;
  isSecretOver: boolean;
}

export async function findRetryRecord(tx: Tx, key: RetryKey): Promise<RetryRecord | undefined> {
  const [found] = await tx
    .select({
      bodyHash: retryTokens.bodyHash,
      subjectType: retryTokens.subjectType,
      subjectId: retryTokens.subjectId,
      sealedReply: retryTokens.sealedReply,
      isSecretOver: sql<boolean>`coalesce(${retryTokens.secretUntil} <= now(), false)`,
    })
    .from(retryTokens)
    .where(same(key));
  return found;
}

export async function keepReply(
  tx: Tx,
  key: RetryKey,
  reply: {
    subjectType: string;
    subjectId: string;
    sealedReply: string;
    secretSeconds: number | null;
  },
): Promise<void> {
  const { secretSeconds, ...kept } = reply;
  const secretUntil =
    secretSeconds === null ? null : sql`now() + make_interval(secs => ${secretSeconds})`;
  await tx
    .update(retryTokens)
    .set({ ...kept, secretUntil })
    .where(same(key));
}

/** Whether what a kept reply speaks of is still there. */
export async function isStillThere(tx: Tx, type: string, id: string): Promise<boolean> {
  const statement = {
    user: () => tx.select({ id: users.id }).from(users).where(eq(users.id, id)),
    group: () => tx.select({ id: groups.id }).from(groups).where(eq(groups.id, id)),
    policy: () => tx.select({ id: policies.id }).from(policies).where(eq(policies.id, id)),
    membership: () =>
      tx.select({ id: memberships.id }).from(memberships).where(eq(memberships.id, id)),
    totp_device: () =>
      tx.select({ id: totpDevices.id }).from(totpDevices).where(eq(totpDevices.id, id)),
    credential: () =>
      tx
        .select({ id: credentials.id })
        .from(credentials)
        .where(and(eq(credentials.id, id), sql`${credentials.endedAt} is null`)),
  }[type];
  return statement === undefined || (await statement()).length > 0;
}

/** Old tokens go after a day; a reply with a secret loses it after its hour. */
export async function purgeRetryTokens(tx: Tx): Promise<void> {
  await tx.delete(retryTokens).where(lt(retryTokens.createdAt, sql`now() - interval '24 hours'`));
  await tx
    .update(retryTokens)
    .set({ sealedReply: null })
    .where(lt(retryTokens.secretUntil, sql`now()`));
}
