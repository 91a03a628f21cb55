import "server-only";
import { lt, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { oauthRevokedTokens } from "./schema/oauth-revoked-tokens";

/** Answers whether it was this call that did it: a token is revoked once. */
export async function insertRevokedToken(
  tx: Tx,
  token: { id: string; clientId: string; expiresAt: Date },
): Promise<boolean> {
  const made = await tx
    .insert(oauthRevokedTokens)
    .values(token)
    .onConflictDoNothing()
    .returning({ id: oauthRevokedTokens.id });
  return made.length === 1;
}

/** A token past its time is refused for that. */
export async function purgeRevokedTokens(tx: Tx): Promise<void> {
  await tx.delete(oauthRevokedTokens).where(lt(oauthRevokedTokens.expiresAt, sql`now()`));
}
