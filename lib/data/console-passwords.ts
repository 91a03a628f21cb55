import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { consolePasswords, passwordHistory } from "./schema/passwords";

export type PasswordSlot = "main" | "temporary";

export interface ConsolePassword {
  slot: PasswordSlot;
  verifier: string;
  mustChange: boolean;
  isExpired: boolean;
  createdAt: Date;
}

const columns = {
  slot: consolePasswords.slot,
  verifier: consolePasswords.verifier,
  mustChange: consolePasswords.mustChange,
  isExpired: sql<boolean>`coalesce(${consolePasswords.expiresAt} <= now(), false)`,
  createdAt: consolePasswords.createdAt,
};

export async function findConsolePasswords(tx: Tx, userId: string): Promise<ConsolePassword[]> {
  return tx
    .select(columns)
    .from(consolePasswords)
    .where(eq(consolePasswords.userId, userId))
    .prepare("find_console_passwords")
    .execute();
}

/** Sets or replaces the password of a slot; `lifetimeSeconds` of null never expires. Time is the database's. */
export async function upsertConsolePassword(
  tx: Tx,
  password: {
    userId: string;
    slot: PasswordSlot;
    verifier: string;
    mustChange: boolean;
    lifetimeSeconds: number | null;
    /** Whose act it was; null of the host's. */
    createdByName: string | null;
  },
): Promise<{ createdAt: Date }> {
  const { userId, slot, verifier, mustChange, lifetimeSeconds, createdByName } = password;
  const expiresAt =
    lifetimeSeconds === null ? null : sql`now() + make_interval(secs => ${lifetimeSeconds})`;
  const fresh = { verifier, mustChange, expiresAt, createdAt: sql`now()`, createdByName };
  const [made] = await tx
    .insert(consolePasswords)
    .values({ userId, slot, ...fresh })
    .onConflictDoUpdate({ target: [consolePasswords.userId, consolePasswords.slot], set: fresh })
    .returning({ createdAt: consolePasswords.createdAt });
  if (!made) throw new Error("The upsert of a password returned nothing.");
  return made;
}

/**
 * Uses up a password that must be changed: of several sign-ins with it, one gets true. The row stays, expired since it
 * was made, so that the forced change can still ask for it. Expired since `now()` would not do: that is when the
 * transaction began, and one that began earlier and waited for its turn would still find the password valid.
 */
export async function useUpPassword(
  tx: Tx,
  userId: string,
  used: Pick<ConsolePassword, "slot" | "verifier">,
): Promise<boolean> {
  const changed = await tx
    .update(consolePasswords)
    .set({ expiresAt: sql`${consolePasswords.createdAt}` })
    .where(
      and(
        eq(consolePasswords.userId, userId),
        eq(consolePasswords.slot, used.slot),
        eq(consolePasswords.verifier, used.verifier),
        sql`(${consolePasswords.expiresAt} is null or ${consolePasswords.expiresAt} > now())`,
      ),
    )
    .returning({ slot: consolePasswords.slot });
  return changed.length === 1;
}

/** Whether this very password still opens the console; false once it was changed, reset or taken away. */
export async function isPasswordInPlace(
  tx: Tx,
  userId: string,
  checked: Pick<ConsolePassword, "slot" | "verifier">,
): Promise<boolean> {
  const [found] = await tx
    .select({ slot: consolePasswords.slot })
    .from(consolePasswords)
    .where(
      and(
        eq(consolePasswords.userId, userId),
        eq(consolePasswords.slot, checked.slot),
        eq(consolePasswords.verifier, checked.verifier),
      ),
    )
    .prepare("is_password_in_place")
    .execute();
  return found !== undefined;
}

/** Puts a better hash of the same password in place, unless it was replaced meanwhile: then false. */
export async function replaceVerifier(
  tx: Tx,
  userId: string,
  old: string,
  verifier: string,
): Promise<boolean> {
  const replaced = await tx
    .update(consolePasswords)
    .set({ verifier })
    .where(and(eq(consolePasswords.userId, userId), eq(consolePasswords.verifier, old)))
    .returning({ slot: consolePasswords.slot });
  return replaced.length > 0;
}

export async function deleteConsolePassword(
  tx: Tx,
  userId: string,
  slot: PasswordSlot,
): Promise<void> {
  await tx
    .delete(consolePasswords)
    .where(and(eq(consolePasswords.userId, userId), eq(consolePasswords.slot, slot)));
}

export async function findPasswordHistory(
  tx: Tx,
  userId: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .select({ verifier: passwordHistory.verifier })
    .from(passwordHistory)
    .where(eq(passwordHistory.userId, userId))
    .orderBy(desc(passwordHistory.id))
    .limit(limit);
  return rows.map((row) => row.verifier);
}

/** Remembers a password that was chosen, and forgets all but the newest `keep`. */
export async function rememberPassword(
  tx: Tx,
  userId: string,
  verifier: string,
  keep: number,
): Promise<void> {
  await tx.insert(passwordHistory).values({ userId, verifier });
  const newest = tx
    .select({ id: passwordHistory.id })
    .from(passwordHistory)
    .where(eq(passwordHistory.userId, userId))
    .orderBy(desc(passwordHistory.id))
    .limit(keep);
  await tx
    .delete(passwordHistory)
    .where(and(eq(passwordHistory.userId, userId), sql`${passwordHistory.id} not in (${newest})`));
}
