import "server-only";
import { runtime } from "@/lib/config/runtime";
import { type AccessTokenClaims, accessTokenClaims } from "@/lib/domain/oauth/access-token";
import { readAccessToken } from "@/lib/secrets/jwt";

import { knownKeys } from "./signing-keys";

/** The claims of a token of ours that has not expired; undefined for any other text. */
export async function readToken(token: string, now: Date): Promise<AccessTokenClaims | undefined> {
  const issuer = runtime().env.url;
  const claims = await readAccessToken(token, await knownKeys(), { issuer, now });
  const parsed = accessTokenClaims.safeParse(claims);
  return parsed.success ? parsed.data : undefined;
}
