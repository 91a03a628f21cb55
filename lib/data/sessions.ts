import "server-only";
import { and, desc, eq, gt, lt, ne, sql } from "drizzle-orm";

import type { UserKind } from "@/lib/domain/caller";
import { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";

import type { Tx } from "./db";
import { signInSteps } from "./schema/second-factors";
import { sessions } from "./schema/sessions";
import { users } from "./schema/users";
import { tenancies } from "./schema/tenancies";
import { groupsOfUser, type MemberOf } from "./users";

export interface SessionRow {
  id: string;
  userId: string;
  mustChangePassword: boolean;
  provedAt: Date;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  address: string;
  client: string;
}

const columns = {
  id: sessions.id,
  userId: sessions.userId,
  mustChangePassword: sessions.mustChangePassword,
  provedAt: sessions.provedAt,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
  address: sessions.address,
  client: sessions.client,
};

/** The stored rules, read by the statement that asks: a change holds for the next request on every process. */
const rules = sql`(select r.value from settings r where r.key = 'sessions')`;

const secondFactorRules = sql`(select r.value from settings r where r.key = 'second-factor')`;

const isAdministrator = sql<boolean>`exists (select 1 from memberships m join groups g on g.id = m.group_id
  where m.user_id = "users"."id" and g.is_administrators)`;

const idle = sql`make_interval(mins => coalesce((${rules} ->> 'idleMinutes')::int, ${durations.sessionIdle / 60}))`;
const absolute = sql`make_interval(hours => coalesce((${rules} ->> 'absoluteHours')::int, ${durations.sessionAbsolute / 3_600}))`;

/** A shorter time holds for those who are there already; a longer one only for whoever signs in after it. */
const isLive = and(
  gt(sessions.expiresAt, sql`now()`),
  gt(sessions.createdAt, sql`now() - ${absolute}`),
  gt(sessions.lastSeenAt, sql`now() - ${idle}`),
);

export interface SessionHolder {
  session: SessionRow;
  user: {
    id: string;
    tenancyId: string;
    name: string;
    kind: UserKind;
    capabilities: unknown;
    version: number;
    hasSecondFactor: boolean;
    isAdministrator: boolean;
  };
  groups: readonly MemberOf[];
  policiesVersion: number;
  /** The stored rules for sessions, unparsed; null when nobody changed them. */
  rules: unknown;
  /** Those for the second factor, likewise. */
  secondFactorRules: unknown;
  now: Date;
}

/** Who holds a live session, in one statement, by database time. Suspended and blocked users hold none. */
export async function findSessionHolder(
  tx: Tx,
  tokenHash: string,
): Promise<SessionHolder | undefined> {
  const [found] = await tx
    .select({
      session: columns,
      user: {
        id: users.id,
        tenancyId: users.tenancyId,
        name: users.name,
        kind: users.kind,
        capabilities: users.capabilities,
        version: users.version,
        hasSecondFactor: users.hasSecondFactor,
        isAdministrator,
      },
      groups: groupsOfUser,
      policiesVersion: tenancies.policiesVersion,
      rules: sql<unknown>`${rules}`,
      secondFactorRules: sql<unknown>`${secondFactorRules}`,
      now: sql<string>`now()`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(tenancies, eq(tenancies.id, users.tenancyId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        isLive,
        eq(users.state, "active"),
        sql`${users.blockedAt} is null`,
      ),
    );
  return found && { ...found, now: new Date(found.now) };
}

/** Opens a session and notes on its user when that was, in one statement. */
export async function insertSession(
  tx: Tx,
  session: {
    id: string;
    tokenHash: string;
    userId: string;
    mustChangePassword: boolean;
    address: string;
    client: string;
  },
): Promise<void> {
  const noted = tx.$with("noted").as(
    tx
      .update(users)
      .set({ previousSignInAt: users.lastSignInAt, lastSignInAt: sql`now()` })
      .where(eq(users.id, session.userId))
      .returning({ id: users.id }),
  );
  await tx
    .with(noted)
    .insert(sessions)
    .values({ ...session, expiresAt: sql`now() + ${absolute}` })
    .prepare("insert_session")
    .execute();
}

/** Live sessions of a user, newest first. */
export async function listSessions(tx: Tx, userId: string): Promise<SessionRow[]> {
  return tx
    .select(columns)
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive))
    .orderBy(desc(sessions.lastSeenAt));
}

/** Keeps an active session from idling out; written at most once a minute. */
export async function touchSession(tx: Tx, id: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, sql`now() - interval '1 minute'`)));
}

/**
 * A fresh proof of identity, under a new token: what leaked before is worth nothing after. Throws `unauthenticated` for
 * a session that was ended meanwhile: what its holder began while it lived must not outlive it.
 */
export async function renewSession(
  tx: Tx,
  id: string,
  renewal: { tokenHash: string; mustChangePassword: boolean },
): Promise<void> {
  const renewed = await tx
    .update(sessions)
    .set({ ...renewal, provedAt: sql`now()`, lastSeenAt: sql`now()` })
    .where(eq(sessions.id, id))
    .returning({ id: sessions.id });
  if (renewed.length === 0)
    throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
}

/** Ends one session of a user; false when it is not theirs or already over. */
export async function endSession(tx: Tx, userId: string, id: string): Promise<boolean> {
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning({ id: sessions.id });
  return ended.length === 1;
}

/** Ends all sessions of a user but, if named, one, and every sign-in that is half done; answers how many sessions. */
export async function endSessions(
  tx: Tx,
  userId: string,
  options: { except?: string } = {},
): Promise<number> {
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
  const kept = options.except === undefined ? undefined : ne(sessions.id, options.except);
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), kept))
    .returning({ id: sessions.id });
  return ended.length;
}

export async function purgeSessions(tx: Tx): Promise<void> {
  await tx.delete(sessions).where(sql`not (${isLive})`);
  await tx.delete(signInSteps).where(lt(signInSteps.expiresAt, sql`now()`));
}
