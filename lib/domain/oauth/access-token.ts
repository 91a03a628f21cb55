import { z } from "zod";

import { durations } from "../durations";
import type { GrantedScope } from "./requested-scope";

/** The claims of an access token (RFC 9068 2.2). The subject is the client itself, whose identifier no user can have. */
export const accessTokenClaims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  client_id: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string(),
  scope: z.string(),
});

export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;

export function newAccessToken(
  { audience, scopes }: GrantedScope,
  {
    issuer,
    clientId,
    tokenId,
    now,
    notAfter,
  }: { issuer: string; clientId: string; tokenId: string; now: Date; notAfter: Date | null },
): AccessTokenClaims {
  const iat = Math.floor(now.getTime() / 1000);
  const latest = notAfter === null ? Infinity : Math.floor(notAfter.getTime() / 1000);
  return {
    iss: issuer,
    sub: clientId,
    aud: audience,
    client_id: clientId,
    iat,
    // A token does not outlive the credential that got it.
    exp: Math.min(iat + durations.accessToken, latest),
    jti: tokenId,
    scope: scopes.join(" "),
  };
}
