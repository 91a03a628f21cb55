import "server-only";
import { reading } from "@/lib/data/db";
import { findStanding } from "@/lib/data/users";
import type { AccessTokenClaims } from "@/lib/domain/oauth/access-token";
import { may } from "@/lib/domain/policy";

import { policiesAt } from "../policies/in-force";
import { clientWithToken, type FoundClient } from "./client";
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
  if (!claims) return undefined;
  if (claims.client_id !== caller.id && !(await mayVerify(caller))) return undefined;
  const client = await clientWithToken(claims.client_id, claims.jti);
  return client && isInForce(claims, client) ? claims : undefined;
}

/** Whether policies let the client's owner verify what others show them. */
async function mayVerify({ owner }: FoundClient): Promise<boolean> {
  const standing = await reading((db) => findStanding(db, owner.id));
  if (!standing) return false;
  const policies = await policiesAt(standing.policiesVersion);
  const actor = { userId: owner.id, groups: standing.groups, policies };
  return may(actor, "VerifyCredentials").allowed;
}

/** The credential still opens, nobody gave the token back, and its owner still has what it is for. */
function isInForce({ aud, scope }: AccessTokenClaims, client: FoundClient): boolean {
  if (client.closedBy !== undefined || client.isRevoked) return false;
  const held = client.scopes.filter((pair) => !client.withheld.includes(pair));
  return scope
    .split(" ")
    .every((word) => held.some((pair) => pair.audience === aud && pair.scope === word));
}
