import "server-only";
import { and, eq, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { invitations } from "./schema/invitations";
import { users } from "./schema/users";

interface NewInvitation {
  userId: string;
  tokenHash: string;
  emailKey: string;
  lifetimeSeconds: number;
}

/** Puts an invitation in the place of an earlier one. Time is the database's. */
export async function upsertInvitation(
  tx: Tx,
  { userId, tokenHash, emailKey, lifetimeSeconds }: NewInvitation,
): Promise<{ expiresAt: Date }> {
  const fresh = {
    tokenHash,
    emailKey,
    expiresAt: sql`now() + make_interval(secs => ${lifetimeSeconds})`,
    createdAt: sql`now()`,
  };
  const [made] = await tx
    .insert(invitations)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: invitations.userId, set: fresh })
    .returning({ expiresAt: invitations.expiresAt });
  if (!made) throw new Error("The upsert of an invitation returned nothing.");
  return made;
}

/** Whom a token invites; undefined for one that is unknown, used, ended or expired. */
export async function findInvited(
  tx: Tx,
  tokenHash: string,
): Promise<{ id: string; name: string } | undefined> {
  const [found] = await tx
    .select({ id: users.id, name: users.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(and(eq(invitations.tokenHash, tokenHash), isOpen));
  return found;
}

/** Uses an invitation up: of several that try, under the lock of the user, one gets true. */
export async function takeInvitation(tx: Tx, userId: string, tokenHash: string): Promise<boolean> {
  const taken = await tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.userId, userId),
        eq(invitations.tokenHash, tokenHash),
        sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${isOpen})`,
      ),
    )
    .returning({ userId: invitations.userId });
  return taken.length === 1;
}

/** True if there was one. */
export async function deleteInvitation(tx: Tx, userId: string): Promise<boolean> {
  const ended = await tx
    .delete(invitations)
    .where(eq(invitations.userId, userId))
    .returning({ userId: invitations.userId });
  return ended.length === 1;
}

const isSentToAddress = sql`${invitations.emailKey} = ${users.emailKey}`;
const isOpen = sql`(${invitations.expiresAt} > now() and ${isSentToAddress})`;

/** The invitation of the row of `users` that a statement is about, as part of that statement. */
export const invitationOfUser = sql<{ expiresAt: string; isExpired: boolean } | null>`(
  select jsonb_build_object('expiresAt', i.expires_at, 'isExpired', i.expires_at <= now())
  from invitations i where i.user_id = "users"."id" and i.email_key = "users"."email_key")`;

/**
 * Whether the row of `users` has one that can still be used. Not by `in`: before version 17 PostgreSQL would read all
 * invitations for each user.
 */
export const isInvited = sql`exists (select 1 from ${invitations}
  where ${invitations.userId} = ${users.id} and ${isOpen})`;
