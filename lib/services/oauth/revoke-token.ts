import "server-only";
import { insertAuditEvent } from "@/lib/data/audit";
import { transaction } from "@/lib/data/db";
import { insertRevokedToken } from "@/lib/data/oauth-revoked-tokens";
import type { RequestOrigin } from "@/lib/domain/caller";
import { oauthClientCredential } from "@/lib/domain/credentials/oauth-client-credential/kind";

import { eventWithoutCaller } from "../audit/record";
import type { FoundClient } from "./client";
import { readToken } from "./read-token";

/** Ends a token of the client's own before its time (RFC 7009). Of any other text nothing is said and nothing changes. */
export async function revokeToken(
  client: FoundClient,
  token: string,
  origin: RequestOrigin,
): Promise<void> {
  const claims = await readToken(token, client.now);
  if (claims?.client_id !== client.id) return;
  const expiresAt = new Date(claims.exp * 1000);
  const event = eventWithoutCaller(origin, {
    action: "revokeToken",
    outcome: "done",
    via: "oauth",
    owner: client.owner,
    subject: { type: "credential", id: client.id, name: client.name },
    details: { kind: oauthClientCredential.id, tokenId: claims.jti, audience: claims.aud },
  });
  await transaction(async (tx) => {
    const isNew = await insertRevokedToken(tx, { id: claims.jti, clientId: client.id, expiresAt });
    if (isNew) await insertAuditEvent(tx, event);
  });
}
