import "server-only";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { credentials } from "./schema/credentials";

/** A secret that its owner chose, which opens something at this moment. */
export interface ChosenSecret {
  readonly id: string;
  readonly verifier: string;
  readonly lastUsedAt: Date | null;
  /** Database time. */
  readonly now: Date;
}

const usable = and(
  isNull(credentials.endedAt),
  isNull(credentials.disabledAt),
  or(isNull(credentials.expiresAt), gt(credentials.expiresAt, sql`now()`)),
);

/** Those of a kind and user that open something now, oldest first. */
export async function findChosenSecrets(
  tx: Tx,
  kind: string,
  ownerId: string,
): Promise<ChosenSecret[]> {
  const rows = await tx
    .select({
      id: credentials.id,
      verifier: credentials.verifier,
      lastUsedAt: credentials.lastUsedAt,
      now: sql<string>`now()`,
    })
    .from(credentials)
    .where(and(eq(credentials.ownerId, ownerId), eq(credentials.kind, kind), usable))
    .orderBy(credentials.createdAt, credentials.id);
  return rows.flatMap(({ verifier, now, ...row }) =>
    verifier === null ? [] : [{ ...row, verifier, now: new Date(now) }],
  );
}

/** Puts a better hash of the same secret in place, unless it was replaced or ended meanwhile: then false. */
export async function strengthenChosenSecret(
  tx: Tx,
  { id, verifier: weak }: Pick<ChosenSecret, "id" | "verifier">,
  verifier: string,
): Promise<boolean> {
  const replaced = await tx
    .update(credentials)
    .set({ verifier })
    .where(and(eq(credentials.id, id), eq(credentials.verifier, weak)))
    .returning({ id: credentials.id });
  return replaced.length > 0;
}
