import "server-only";
import { and, asc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";

import {
  type Attention,
  expiresSoonWithin,
  type ReportedCredential,
  type ReportedOwner,
} from "@/lib/domain/reports/credential-report";

import { dueAt, isNotDue, isOld, secretMadeAt } from "./credential-time";
import type { Tx } from "./db";
import { consolePasswords } from "./schema/passwords";
import { credentials } from "./schema/credentials";
import { users } from "./schema/users";
import { standingIs, withoutSecondFactor } from "./user-filter";

export interface ReportedUser {
  readonly owner: ReportedOwner;
  readonly lastSignInAt: Date | null;
}

const ownerColumns = {
  id: users.id,
  name: users.name,
  kind: users.kind,
  state: users.state,
  blockedAt: users.blockedAt,
  hasSecondFactor: users.hasSecondFactor,
};

const credentialColumns = {
  ownerId: credentials.ownerId,
  kind: credentials.kind,
  id: credentials.id,
  publicId: credentials.publicId,
  details: credentials.details,
  createdAt: credentials.createdAt,
  createdByName: credentials.createdByName,
  secretReplacedAt: credentials.secretReplacedAt,
  expiresAt: credentials.expiresAt,
  disabledAt: credentials.disabledAt,
  retiringUntil: credentials.retiringUntil,
  lastUsedAt: credentials.lastUsedAt,
  lastUsedAddress: credentials.lastUsedAddress,
  lastUsedClient: credentials.lastUsedClient,
};

/** Users in the order of their ids, after one. */
export async function reportedUsers(
  tx: Tx,
  tenancyId: string,
  page: { after: string; limit: number },
): Promise<ReportedUser[]> {
  const rows = await tx
    .select({ ...ownerColumns, lastSignInAt: users.lastSignInAt })
    .from(users)
    .where(and(eq(users.tenancyId, tenancyId), gt(users.id, page.after)))
    .orderBy(asc(users.id))
    .limit(page.limit);
  return rows.map(({ lastSignInAt, ...owner }) => ({ owner, lastSignInAt }));
}

/** What these users hold: credentials that have not ended, oldest first, and the password that opens the console. */
export async function reportedHoldings(tx: Tx, ownerIds: readonly string[]) {
  const passwords = await tx
    .select({
      ownerId: consolePasswords.userId,
      createdAt: consolePasswords.createdAt,
      createdByName: consolePasswords.createdByName,
      expiresAt: consolePasswords.expiresAt,
    })
    .from(consolePasswords)
    .where(and(inArray(consolePasswords.userId, [...ownerIds]), eq(consolePasswords.slot, "main")));
  const held: (ReportedCredential & { ownerId: string; details: unknown })[] = await tx
    .select(credentialColumns)
    .from(credentials)
    .where(and(inArray(credentials.ownerId, [...ownerIds]), isNull(credentials.endedAt)))
    .orderBy(asc(credentials.createdAt), asc(credentials.id));
  return { passwords, credentials: held };
}

/** Credentials that want an administrator's attention, the most pressing first. One row more than asked for. */
export async function credentialsInNeed(
  tx: Tx,
  attention: Attention,
  page: { limit: number; after?: { at: Date; id: string } | undefined },
) {
  const at = orderOf(attention);
  const { after } = page;
  const beyond =
    after &&
    sql`(${at}, ${credentials.id}) > (${after.at.toISOString()}::timestamptz, ${after.id})`;
  return tx
    .select({ owner: ownerColumns, credential: credentialColumns })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(and(inNeed(attention), beyond))
    .orderBy(at, asc(credentials.id))
    .limit(page.limit + 1);
}

/** How many there are, counted up to `most` and no further. */
export async function countInNeed(tx: Tx, attention: Attention, most: number): Promise<number> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(credentials)
    .where(inNeed(attention))
    .limit(most)
    .as("some");
  return tx.$count(some);
}

/** Blocked users, counted up to `most`. */
export function countBlockedUsers(tx: Tx, tenancyId: string, most: number): Promise<number> {
  return countUsers(tx, and(eq(users.tenancyId, tenancyId), standingIs.blocked), most);
}

/** Those who sign in by their password alone, counted up to `most`. */
export function countWithoutSecondFactor(tx: Tx, tenancyId: string, most: number): Promise<number> {
  return countUsers(tx, and(eq(users.tenancyId, tenancyId), withoutSecondFactor), most);
}

function countUsers(tx: Tx, which: SQL | undefined, most: number): Promise<number> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(users)
    .where(which)
    .limit(most)
    .as("some");
  return tx.$count(some);
}

function orderOf(attention: Attention): SQL {
  return attention === "expiring" ? dueAt : secretMadeAt;
}

function inNeed(attention: Attention): SQL | undefined {
  const lives = isNull(credentials.endedAt);
  switch (attention) {
    case "expiring":
      return and(
        lives,
        isNull(credentials.retiringUntil),
        sql`${dueAt} > now() and ${dueAt} <= now() + make_interval(secs => ${expiresSoonWithin})`,
      );
    case "never-used":
      return and(lives, isNull(credentials.lastUsedAt), isNotDue);
    case "old":
      return isOld;
  }
}
