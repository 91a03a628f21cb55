import "server-only";
import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { findOwnerWithCredentials } from "@/lib/data/credentials";
import { sightSignature } from "@/lib/data/seen-signatures";
import { apiKey, apiKeyDetails } from "@/lib/domain/credentials/api-key/kind";
import { type Credential, isUsable } from "@/lib/domain/credentials/present";
import {
  assertionAlgorithms,
  type AssertionClaims,
  assertionClaims,
  fingerprintOf,
  isAssertionInForce,
} from "@/lib/domain/oauth/assertion";
import { oauthPaths } from "@/lib/domain/oauth/addresses";
import { isClientId } from "@/lib/domain/oauth/client-authentication";
import type { ClientRefusal } from "@/lib/domain/oauth/client-refusal";
import { durations } from "@/lib/domain/durations";
import { readOnce } from "@/lib/domain/parsed-once";
import { isSignedWith, readUnverified } from "@/lib/secrets/jwt";
import { sha256 } from "@/lib/secrets/hash-secret";

import { logUnreadable } from "../credentials/log-unreadable";
import type { FoundClient } from "./client";

export interface ReadAssertion {
  readonly text: string;
  readonly kid: string | undefined;
  readonly claims: AssertionClaims;
}

/** What an assertion claims, if it is one at all and of the client that the request names. */
export function readAssertion(
  text: string,
  clientId: string | undefined,
): ReadAssertion | undefined {
  const unverified = readUnverified(text);
  const parsed = assertionClaims.safeParse(unverified?.claims);
  if (!unverified || !parsed.success || !isClientId(parsed.data.sub)) return undefined;
  if (clientId !== undefined && clientId !== parsed.data.sub) return undefined;
  return { text, kid: unverified.kid, claims: parsed.data };
}

type Checked =
  | { readonly ok: true; readonly key: Credential }
  | { readonly ok: false; readonly reason: ClientRefusal };

/** Whether an API key of the client's owner signed it, it is for this server and moment, and it was never used before. */
export async function checkAssertion(
  { text, kid, claims }: ReadAssertion,
  { id: clientId, owner, canUseApiKeys, now }: FoundClient,
): Promise<Checked> {
  const { url } = runtime().env;
  const audiences = [url, ...Object.values(oauthPaths).map((path) => url + path)];
  if (!canUseApiKeys || !isAssertionInForce(claims, { clientId, audiences, now }))
    return { ok: false, reason: "bad_assertion" };
  const found = await reading((db) => findOwnerWithCredentials(db, owner.id, apiKey.id));
  const fingerprint = fingerprintOf(kid);
  const keys = (found?.credentials ?? []).filter(
    (key) => isUsable(key, now) && (fingerprint === undefined || key.publicId === fingerprint),
  );
  for (const key of keys) {
    const details = readKey(key.details);
    if (!details) logUnreadable(key);
    else if (await isSignedWith(text, details.publicKey, { algorithms: assertionAlgorithms, now }))
      return (await isFirstUse(claims))
        ? { ok: true, key }
        : { ok: false, reason: "assertion_used" };
  }
  return { ok: false, reason: "bad_assertion" };
}

async function isFirstUse({ sub, jti }: AssertionClaims): Promise<boolean> {
  const hash = sha256(JSON.stringify(["client-assertion", sub, jti]));
  return (await reading((tx) => sightSignature(tx, hash, durations.replayGrace))) === "first";
}

const readKey = readOnce(apiKeyDetails);
