import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";

import type { Limits } from "@/lib/domain/settings/limits";

import { takesPlace } from "./credentials";
import type { Tx } from "./db";
import { keyset, type PageRequest } from "./keyset";
import { credentials } from "./schema/credentials";
import { limitRequests, userLimits } from "./schema/limits";
import { users } from "./schema/users";
import { areFew } from "./user-filter";
import { groupsOfUser, type MemberOf } from "./users";

/** What bounds a user's credentials, by kind; `tenancy` is the stored setting, unparsed. */
export interface Usage {
  readonly used: Limits;
  readonly own: Limits;
  readonly tenancy: unknown;
  readonly asked: readonly string[];
}

/** All of it in one statement. Call it under the owner's lock to decide by it. */
export async function findUsage(tx: Tx, userId: string): Promise<Usage> {
  const perKind = tx
    .select({ kind: credentials.kind, n: sql<number>`count(*)`.as("n") })
    .from(credentials)
    .where(and(eq(credentials.ownerId, userId), takesPlace))
    .groupBy(credentials.kind)
    .as("per_kind");
  const own = sql`select jsonb_object_agg(kind, most) from ${userLimits} where ${userLimits.userId} = ${userId}`;
  const asked = sql`select jsonb_agg(kind) from ${limitRequests}
    where ${limitRequests.userId} = ${userId} and ${limitRequests.state} = 'open'`;
  const [found] = await tx
    .select({
      used: sql<Limits>`coalesce(jsonb_object_agg(${perKind.kind}, ${perKind.n}) filter (where ${perKind.kind} is not null), '{}')`,
      own: sql<Limits>`coalesce((${own}), '{}')`,
      tenancy: sql<unknown>`(select value from settings where key = 'limits')`,
      asked: sql<string[]>`coalesce((${asked}), '[]')`,
    })
    .from(perKind);
  if (!found) throw new Error("An aggregate without a row.");
  return found;
}

/** Sets a user's own limit of a kind; null lets the tenancy's hold again. */
export async function saveUserLimit(
  tx: Tx,
  userId: string,
  kind: string,
  most: number | null,
): Promise<void> {
  if (most === null) {
    await tx
      .delete(userLimits)
      .where(and(eq(userLimits.userId, userId), eq(userLimits.kind, kind)));
    return;
  }
  await tx
    .insert(userLimits)
    .values({ userId, kind, most })
    .onConflictDoUpdate({ target: [userLimits.userId, userLimits.kind], set: { most } });
}

export interface UserLimitsRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly own: Limits;
}

/**
 * The users who have limits of their own, one row more than asked for. Few are found by these and put in order; of many
 * the first are soon met on the way along the names.
 */
export async function listUserLimits(
  tx: Tx,
  tenancyId: string,
  page: PageRequest,
): Promise<UserLimitsRow[]> {
  const { beyond, order } = keyset(page, users);
  const hasOwn = (await areFew(tx, userLimits))
    ? sql`${users.id} = any(array(select ${userLimits.userId} from ${userLimits}))`
    : sql`exists (select 1 from ${userLimits} where ${userLimits.userId} = ${users.id})`;
  const own = sql<Limits>`(select jsonb_object_agg(kind, most) from ${userLimits}
    where ${userLimits.userId} = "users"."id")`;
  return tx
    .select({ id: users.id, name: users.name, createdAt: users.createdAt, own })
    .from(users)
    .where(and(eq(users.tenancyId, tenancyId), hasOwn, beyond))
    .orderBy(...order)
    .limit(page.limit + 1);
}

/** Asks for more of a kind; whoever asked already only says more. Answers whether it is a new request. */
export async function saveLimitRequest(
  tx: Tx,
  request: { id: string; userId: string; kind: string; note: string },
): Promise<boolean> {
  const [saved] = await tx
    .insert(limitRequests)
    .values(request)
    .onConflictDoUpdate({
      target: [limitRequests.userId, limitRequests.kind],
      targetWhere: sql`state = 'open'`,
      set: { note: request.note },
    })
    .returning({ id: limitRequests.id });
  return saved?.id === request.id;
}

export interface LimitRequestRow {
  /** How many of the kind the user has, and the limit of their own if there is one. */
  readonly used: number;
  readonly own: number | null;
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly groups: readonly MemberOf[];
  readonly kind: string;
  readonly note: string;
  readonly createdAt: Date;
}

const requestColumns = {
  id: limitRequests.id,
  userId: limitRequests.userId,
  userName: users.name,
  groups: groupsOfUser,
  kind: limitRequests.kind,
  note: limitRequests.note,
  createdAt: limitRequests.createdAt,
};

/** A page of the requests that wait, each with what it is about, whoever waits longest first; one row more; one statement. */
export function listLimitRequests(
  tx: Tx,
  { limit, after }: PageRequest,
): Promise<LimitRequestRow[]> {
  const held = and(
    eq(credentials.ownerId, limitRequests.userId),
    eq(credentials.kind, limitRequests.kind),
    takesPlace,
  );
  return tx
    .select({ ...requestColumns, used: tx.$count(credentials, held), own: userLimits.most })
    .from(limitRequests)
    .innerJoin(users, eq(users.id, limitRequests.userId))
    .leftJoin(
      userLimits,
      and(eq(userLimits.userId, limitRequests.userId), eq(userLimits.kind, limitRequests.kind)),
    )
    .where(
      and(
        eq(limitRequests.state, "open"),
        after &&
          sql`(${limitRequests.createdAt}, ${limitRequests.id}) > (${after.value}::timestamptz, ${after.id})`,
      ),
    )
    .orderBy(asc(limitRequests.createdAt), asc(limitRequests.id))
    .limit(limit + 1);
}

/** How many wait, counted up to `most`. */
export async function countLimitRequests(tx: Tx, most: number): Promise<number> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(limitRequests)
    .where(eq(limitRequests.state, "open"))
    .limit(most)
    .as("some");
  return tx.$count(some);
}

export async function findLimitRequest(
  tx: Tx,
  id: string,
): Promise<{ userId: string } | undefined> {
  const [found] = await tx
    .select({ userId: limitRequests.userId })
    .from(limitRequests)
    .where(eq(limitRequests.id, id));
  return found;
}

/** Ends the waiting of a request; undefined for one that does not wait any more. */
export async function decideLimitRequest(
  tx: Tx,
  id: string,
  decision: { state: "granted" | "declined"; decidedByName: string },
): Promise<{ kind: string } | undefined> {
  const [decided] = await tx
    .update(limitRequests)
    .set({ ...decision, decidedAt: sql`now()` })
    .where(and(eq(limitRequests.id, id), eq(limitRequests.state, "open")))
    .returning({ kind: limitRequests.kind });
  return decided;
}
