import "server-only";
import { eq, lt, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { seenSignatures } from "./schema/requests";

export type Sighting = "first" | "just-now" | "earlier";

/** Remembers a signature. Exactly one request with it is the first, on any number of processes. */
export async function sightSignature(
  tx: Tx,
  hash: string,
  graceSeconds: number,
): Promise<Sighting> {
  const first = await tx
    .insert(seenSignatures)
    .values({ hash })
    .onConflictDoNothing()
    .returning({ hash: seenSignatures.hash });
  if (first.length === 1) return "first";
  const [seen] = await tx
    .select({
      isRecent: sql<boolean>`${seenSignatures.seenAt} > now() - make_interval(secs => ${graceSeconds})`,
    })
    .from(seenSignatures)
    .where(eq(seenSignatures.hash, hash));
  return seen?.isRecent ? "just-now" : "earlier";
}

export async function purgeSeenSignatures(tx: Tx, olderThanSeconds: number): Promise<void> {
  await tx
    .delete(seenSignatures)
    .where(lt(seenSignatures.seenAt, sql`now() - make_interval(secs => ${olderThanSeconds})`));
}
