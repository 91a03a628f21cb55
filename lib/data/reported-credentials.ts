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

/** Those that have not ended and have one of the verifiers, or a public key of one of the digests. */
export function findReported(
  tx: Tx,
  { verifiers, keyDigests }: { verifiers: string[]; keyDigests: string[] },
): Promise<ReportedCredential[]> {
  const hasVerifier = verifiers.length > 0 ? inArray(credentials.verifier, verifiers) : undefined;
  const hasKey =
    keyDigests.length > 0
      ? inArray(sql`${credentials.details} ->> 'sha256'`, keyDigests)
      : undefined;
  if (!hasVerifier && !hasKey) return Promise.resolve([]);
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
