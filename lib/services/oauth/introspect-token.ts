import "server-only";
import type { AccessTokenClaims } from "@/lib/domain/oauth/access-token";

import { clientNamed, type FoundClient } from "./client";
import { readToken } from "./read-token";

/**
 * What a token is worth at this moment (RFC 7662), for the client that has it and for those who may verify credentials;
 * undefined for everything that is worth nothing, and for what is none of the caller's business.
 */
export async function introspectToken(
  caller: FoundClient,
  token: string,
): Promise<AccessTokenClaims | undefined> {
  const claims = await readToken(token, caller.now);
  if (!claims || !mayIntrospect(caller, claims)) return undefined;
  const client = await clientNamed(claims.client_id, claims.jti);
  return client && isInForce(claims, client) ? claims : undefined;
}

function mayIntrospect(caller: FoundClient, { client_id }: AccessTokenClaims): boolean {
  return caller.id === client_id || caller.mayVerify;
}

/** The credential still opens, nobody gave the token back, and its owner still has what it is for. */
function isInForce({ aud, scope }: AccessTokenClaims, client: FoundClient): boolean {
  if (client.closedBy !== undefined || client.isRevoked) return false;
  const held = client.scopes.filter((pair) => !client.withheld.includes(pair));
  return scope
    .split(" ")
    .every((word) => held.some((pair) => pair.audience === aud && pair.scope === word));
}
