import "server-only";
import { runtime } from "@/lib/config/runtime";
import { newAccessToken } from "@/lib/domain/oauth/access-token";
import { grantScope } from "@/lib/domain/oauth/requested-scope";
import { joinedScope } from "@/lib/domain/oauth/scopes";
import { signAccessToken } from "@/lib/secrets/jwt";
import { randomName } from "@/lib/secrets/random";

import type { FoundClient } from "./client";
import { signingKey } from "./signing-keys";

export interface IssuedToken {
  readonly token: string;
  readonly lifetimeSeconds: number;
  /** As clients write them: audience, hyphen, scope. */
  readonly scope: string;
}

/** Gives a client that proved itself an access token for one audience (RFC 6749 4.4). Throws `invalid_scope`. */
export async function issueToken(
  client: FoundClient,
  requestedScope: readonly string[],
): Promise<IssuedToken> {
  const granted = grantScope(requestedScope, client.scopes, client.withheld);
  const claims = newAccessToken(granted, {
    issuer: runtime().env.url,
    clientId: client.id,
    tokenId: randomName(),
    now: client.now,
    notAfter: client.expiresAt,
  });
  const token = await signAccessToken(await signingKey(client.now), claims);
  const { audience, scopes } = granted;
  return {
    token,
    lifetimeSeconds: claims.exp - claims.iat,
    scope: scopes.map((scope) => joinedScope({ audience, scope })).join(" "),
  };
}
