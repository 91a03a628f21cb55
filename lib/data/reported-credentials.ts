import "server-only";
import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { credentials } from "./schema/credentials";

export interface ReportedCredential {
  id: string;
  ownerId: string;
  kind: string;
}

const identity = { id: credentials.id, ownerId: credentials.ownerId, kind: credentials.kind };

interface Wanted {
  readonly verifiers: string[];
  readonly keyDigests: string[];
}

/** Those that have not ended and have one of the verifiers, or a public key of one of the digests. */
export async function findReported(tx: Tx, wanted: Wanted): Promise<ReportedCredential[]> {
  const isNothing = wanted.verifiers.length + wanted.keyDigests.length === 0;
  return isNothing ? [] : reportedQuery(tx, wanted);
}

/** Each half has an index of its own. */
export function reportedQuery(tx: Tx, { verifiers, keyDigests }: Wanted) {
  const hasVerifier = verifiers.length > 0 ? inArray(credentials.verifier, verifiers) : undefined;
  const hasKey =
    keyDigests.length > 0
      ? inArray(sql`${credentials.details} ->> 'sha256'`, keyDigests)
      : undefined;
  return tx
    .select(identity)
    .from(credentials)
    .where(and(isNull(credentials.endedAt), or(hasVerifier, hasKey)));
}

/** Sealed secrets of an earlier version, which kept no verifier beside them. */
export function findSealedWithoutVerifier(
  tx: Tx,
  most: number,
): Promise<(ReportedCredential & { sealedSecret: string | null })[]> {
  return tx
    .select({ ...identity, sealedSecret: credentials.sealedSecret })
    .from(credentials)
    .where(
      and(
        isNull(credentials.endedAt),
        isNull(credentials.verifier),
        isNotNull(credentials.sealedSecret),
      ),
    )
    .limit(most);
}

export async function addVerifier(tx: Tx, id: string, verifier: string): Promise<void> {
  await tx
    .update(credentials)
    .set({ verifier })
    .where(and(eq(credentials.id, id), isNull(credentials.endedAt)));
}
