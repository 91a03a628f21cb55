import "server-only";
import { and, eq, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { emailConfirmations } from "./schema/email-confirmations";
import { invitations } from "./schema/invitations";
import type { MailedLinkTable } from "./schema/mailed-links";
import { users } from "./schema/users";

const tables = {
  invitation: invitations,
  "email-confirmation": emailConfirmations,
} satisfies Record<string, MailedLinkTable>;

/** What a mailed link is for. */
export type LinkPurpose = keyof typeof tables;

interface NewLink {
  userId: string;
  tokenHash: string;
  emailKey: string;
  lifetimeSeconds: number;
}

/** Puts a link in the place of an earlier one, under the lock of the user. Time is the database's. */
export async function upsertLink(
  tx: Tx,
  purpose: LinkPurpose,
  { userId, tokenHash, emailKey, lifetimeSeconds }: NewLink,
): Promise<{ expiresAt: Date }> {
  const fresh = {
    tokenHash,
    emailKey,
    expiresAt: sql`now() + make_interval(secs => ${lifetimeSeconds})`,
    createdAt: sql`now()`,
  };
  const table = tables[purpose];
  const [made] = await tx
    .insert(table)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: table.userId, set: fresh })
    .returning({ expiresAt: table.expiresAt });
  if (!made) throw new Error("The upsert of a mailed link returned nothing.");
  await noteLink(tx, purpose, { userId, until: made.expiresAt });
  return made;
}

/** Whose link a token is of; undefined for one that is unknown, used, ended or expired. */
export async function findLinked(
  tx: Tx,
  purpose: LinkPurpose,
  tokenHash: string,
): Promise<{ id: string; name: string } | undefined> {
  const table = tables[purpose];
  const [found] = await tx
    .select({ id: users.id, name: users.name })
    .from(table)
    .innerJoin(users, eq(users.id, table.userId))
    .where(and(eq(table.tokenHash, tokenHash), isOpenLink(table)));
  return found;
}

/** Uses a link up: of several that try, under the lock of the user, one gets true. */
export async function takeLink(
  tx: Tx,
  purpose: LinkPurpose,
  { userId, tokenHash }: { userId: string; tokenHash: string },
): Promise<boolean> {
  const table = tables[purpose];
  const taken = await tx
    .delete(table)
    .where(
      and(
        eq(table.userId, userId),
        eq(table.tokenHash, tokenHash),
        sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${isOpenLink(table)})`,
      ),
    )
    .returning({ userId: table.userId });
  if (taken.length === 0) return false;
  await noteLink(tx, purpose, { userId, until: null });
  return true;
}

/** True if there was one. */
export async function deleteLink(tx: Tx, purpose: LinkPurpose, userId: string): Promise<boolean> {
  const table = tables[purpose];
  const ended = await tx
    .delete(table)
    .where(eq(table.userId, userId))
    .returning({ userId: table.userId });
  if (ended.length === 0) return false;
  await noteLink(tx, purpose, { userId, until: null });
  return true;
}

/** Invited users are a list of their own. */
async function noteLink(
  tx: Tx,
  purpose: LinkPurpose,
  { userId, until }: { userId: string; until: Date | null },
): Promise<void> {
  if (purpose !== "invitation") return;
  await tx.update(users).set({ invitedUntil: until }).where(eq(users.id, userId));
}

/** Not expired, and sent to the address that the row of `users` beside it has. */
export const isOpenLink = (table: MailedLinkTable) =>
  sql`(${table.expiresAt} > now() and ${table.emailKey} = ${users.emailKey})`;
