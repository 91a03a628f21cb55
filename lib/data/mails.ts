import "server-only";
import { and, asc, eq, inArray, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";

import type { Tx } from "./db";
import { mails } from "./schema/mails";

export interface NewMail {
  id: string;
  template: string;
  recipient: string;
  userId: string | null;
  values: Record<string, unknown>;
  sealedValues: string | null;
  lifetimeSeconds: number | null;
}

/**
 * A mail that this process may work on until `leasedUntil`. `attempts` counts this one and tells the lease from an
 * earlier or a later one of the same mail.
 */
export interface LeasedMail {
  id: string;
  template: string;
  recipient: string;
  userId: string | null;
  values: unknown;
  sealedValues: string | null;
  attempts: number;
  isExpired: boolean;
  createdAt: Date;
}

type Lease = Pick<LeasedMail, "id" | "attempts">;

const leasedColumns = {
  id: mails.id,
  template: mails.template,
  recipient: mails.recipient,
  userId: mails.userId,
  values: mails.values,
  sealedValues: mails.sealedValues,
  attempts: mails.attempts,
  isExpired: sql<boolean>`coalesce(${mails.expiresAt} <= now(), false)`,
  createdAt: mails.createdAt,
};

export async function insertMail(tx: Tx, { lifetimeSeconds, ...mail }: NewMail): Promise<void> {
  await tx.insert(mails).values({ ...mail, expiresAt: inSeconds(lifetimeSeconds) });
}

/**
 * Leases mails that are due, oldest first, to one caller each: rows that another process is leasing are passed over
 * without waiting. Mails that have expired are always due, so that their secrets do not outlive them.
 */
export async function leaseMails(
  tx: Tx,
  { most, leaseSeconds }: { most: number; leaseSeconds: number },
): Promise<LeasedMail[]> {
  const due = tx.$with("due").as(
    tx
      .select({ id: mails.id })
      .from(mails)
      .where(and(isOpen(), isUnleased(), or(isDue(), isPastExpiry())))
      .orderBy(asc(mails.nextAttemptAt))
      .limit(most)
      .for("update", { skipLocked: true }),
  );
  return tx
    .with(due)
    .update(mails)
    .set({ leasedUntil: inSeconds(leaseSeconds), attempts: sql`${mails.attempts} + 1` })
    .where(inArray(mails.id, tx.select({ id: due.id }).from(due)))
    .returning(leasedColumns);
}

/** The mail, locked, if the lease still holds. */
export async function lockLeasedMail(tx: Tx, lease: Lease): Promise<LeasedMail | undefined> {
  const [mail] = await tx.select(leasedColumns).from(mails).where(held(lease)).for("update");
  return mail;
}

/** Marks the mail as sent even when the lease has run out meanwhile: whoever leased it later need not send it again. */
export async function markMailSent(tx: Tx, id: string): Promise<void> {
  await tx
    .update(mails)
    .set({
      sentAt: sql`now()`,
      givenUpAt: null,
      sealedValues: null,
      leasedUntil: null,
      lastProblem: null,
    })
    .where(and(eq(mails.id, id), isNull(mails.sentAt)));
}

export async function postponeMail(
  tx: Tx,
  lease: Lease,
  { seconds, problem }: { seconds: number; problem: string },
): Promise<void> {
  await tx
    .update(mails)
    .set({
      nextAttemptAt: sql`now() + make_interval(secs => ${seconds})`,
      leasedUntil: null,
      lastProblem: problem,
    })
    .where(held(lease));
}

export async function giveUpMail(tx: Tx, lease: Lease, problem: string): Promise<void> {
  await tx
    .update(mails)
    .set({ givenUpAt: sql`now()`, sealedValues: null, leasedUntil: null, lastProblem: problem })
    .where(held(lease));
}

/** Ends a lease as if it had not been taken. */
export async function returnMail(tx: Tx, lease: Lease): Promise<void> {
  await tx
    .update(mails)
    .set({ leasedUntil: null, attempts: sql`greatest(${mails.attempts} - 1, 0)` })
    .where(held(lease));
}

export async function deleteLeasedMail(tx: Tx, lease: Lease): Promise<void> {
  await tx.delete(mails).where(held(lease));
}

/** Turns a leased request into the mail that answers it. It stays leased. */
export async function rewriteMail(
  tx: Tx,
  lease: Lease,
  mail: Omit<NewMail, "id">,
): Promise<LeasedMail | undefined> {
  const { lifetimeSeconds, ...content } = mail;
  const [rewritten] = await tx
    .update(mails)
    .set({ ...content, expiresAt: inSeconds(lifetimeSeconds) })
    .where(held(lease))
    .returning(leasedColumns);
  return rewritten;
}

/** Gives up the user's mails of a template that still wait, but for a newer one: they have become worthless. */
export async function giveUpWaitingMails(
  tx: Tx,
  { userId, template }: { userId: string; template: string },
  newerId?: string,
): Promise<void> {
  await tx
    .update(mails)
    .set({
      givenUpAt: sql`now()`,
      sealedValues: null,
      leasedUntil: null,
      lastProblem:
        newerId === undefined ? "It is void by now." : "A newer mail has replaced this one.",
    })
    .where(
      and(
        eq(mails.userId, userId),
        eq(mails.template, template),
        newerId === undefined ? undefined : ne(mails.id, newerId),
        isOpen(),
      ),
    );
}

/** How many still have to go out, and how long ago the one that has waited longest was written. */
export async function countWaitingMails(
  tx: Tx,
): Promise<{ count: number; longestWaitSeconds: number }> {
  const longest = sql<number>`coalesce(extract(epoch from now() - min(${mails.createdAt})), 0)::int`;
  const [found] = await tx
    .select({ count: sql<number>`count(*)::int`, longestWaitSeconds: longest })
    .from(mails)
    .where(isOpen());
  return found ?? { count: 0, longestWaitSeconds: 0 };
}

/** Deletes mails that were sent or given up so many days ago. Returns how many there were. */
export async function purgeMails(tx: Tx, days: number): Promise<number> {
  const settled = sql`coalesce(${mails.sentAt}, ${mails.givenUpAt})`;
  const { rowCount } = await tx
    .delete(mails)
    .where(sql`${settled} < now() - make_interval(days => ${days})`);
  return rowCount ?? 0;
}

const isOpen = () => and(isNull(mails.sentAt), isNull(mails.givenUpAt));

const isUnleased = () => or(isNull(mails.leasedUntil), lt(mails.leasedUntil, sql`now()`));

const isPastExpiry = (): SQL => sql`${mails.expiresAt} <= now()`;

/** The millisecond is what storing an instant may have rounded it up by. */
const isDue = (): SQL => sql`${mails.nextAttemptAt} <= now() + interval '1 millisecond'`;

const held = ({ id, attempts }: Lease) =>
  and(eq(mails.id, id), eq(mails.attempts, attempts), isOpen());

const inSeconds = (seconds: number | null) =>
  seconds === null ? null : sql`now() + make_interval(secs => ${seconds})`;
