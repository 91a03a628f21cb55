import "server-only";
import { runtime } from "@/lib/config/runtime";
import { hasRecentRefusal, insertAuditEvent } from "@/lib/data/audit";
import { reading } from "@/lib/data/db";
import { takeFromBucket } from "@/lib/data/rate-limits";
import type { RequestOrigin } from "@/lib/domain/caller";
import { oauthClientCredential } from "@/lib/domain/credentials/oauth-client-credential/kind";
import { type ClientProof, isClientId } from "@/lib/domain/oauth/client-authentication";
import { type ClientRefusal, clientRefusalSentences } from "@/lib/domain/oauth/client-refusal";
import { invalidClient, OauthError } from "@/lib/domain/oauth/oauth-error";
import { checkSecret } from "@/lib/domain/secret-format";
import { isSameVerifier } from "@/lib/secrets/compare";

import { eventWithoutCaller } from "../audit/record";
import { noteLastUse } from "../last-use";
import { secretVerifier } from "../credentials/secret-verifier";
import { checkAssertion, readAssertion } from "./check-assertion";
import { clientNamed, type FoundClient } from "./client";

/**
 * The client that a request proves to be, by one statement when it comes with its secret. Throws `invalid_client`, the
 * same for every cause; its cause is written where the owner of the credential can read it.
 */
export function authenticateClient(
  proof: ClientProof,
  origin: RequestOrigin,
): Promise<FoundClient> {
  return "secret" in proof ? bySecret(proof, origin) : byAssertion(proof, origin);
}

async function bySecret(
  { clientId, secret }: { clientId: string; secret: string },
  origin: RequestOrigin,
): Promise<FoundClient> {
  // What is not even shaped like one was mistyped, and is not worth a look into the database.
  if (!isClientId(clientId) || checkSecret(secret)?.kind !== oauthClientCredential.id)
    throw invalidClient();
  const client = await clientNamed(clientId);
  const verifier = secretVerifier(secret);
  const used = client?.secrets.find((one) => isSameVerifier(one.verifier ?? "", verifier));
  if (!client || client.closedBy !== undefined || !used)
    throw await refusal(client, client?.closedBy ?? "wrong_secret", origin);
  noteUse(used.credentialId, used.lastUsedAt, client, origin);
  return client;
}

async function byAssertion(
  { clientId, assertion }: { clientId: string | undefined; assertion: string },
  origin: RequestOrigin,
): Promise<FoundClient> {
  const read = readAssertion(assertion, clientId);
  if (!read) throw invalidClient();
  const client = await clientNamed(read.claims.sub);
  if (!client || client.closedBy !== undefined)
    throw await refusal(client, client?.closedBy ?? "bad_assertion", origin);
  const checked = await checkAssertion(read, client);
  if (!checked.ok) throw await refusal(client, checked.reason, origin);
  noteUse(checked.key.id, checked.key.lastUsedAt, client, origin);
  const own = client.secrets.find(({ credentialId }) => credentialId === client.id);
  noteUse(client.id, own?.lastUsedAt ?? null, client, origin);
  return client;
}

function noteUse(
  id: string,
  lastUsedAt: Date | null,
  { now }: FoundClient,
  { address, client }: RequestOrigin,
): void {
  noteLastUse({ id, at: now, address, client: client.slice(0, 200) }, lastUsedAt);
}

const failuresAMinute = 10;

/**
 * What to answer. Failures of one client from one address are counted, and beyond ten a minute told to wait; the right
 * secret is never counted and never told so, wherever it comes from (security.md R52d).
 */
async function refusal(
  client: FoundClient | undefined,
  reason: ClientRefusal,
  origin: RequestOrigin,
): Promise<OauthError> {
  const bucket = `oauth-client:${client?.id ?? ""}:${origin.address}`;
  const { allowed, retryAfterSeconds } = await reading((tx) =>
    takeFromBucket(tx, { bucket, limit: failuresAMinute, windowSeconds: 60 }),
  );
  if (!allowed)
    return new OauthError(
      "invalid_client",
      `Client authentication failed too often from this address. Wait ${retryAfterSeconds} seconds.`,
      { status: 429, headers: { "retry-after": String(retryAfterSeconds) } },
    );
  if (client) noteRefusal(client, reason, origin);
  return invalidClient();
}

/** Written behind the answer; one row a minute for the same cause from the same address. */
function noteRefusal(client: FoundClient, reason: ClientRefusal, origin: RequestOrigin): void {
  const action = "authenticateClient";
  const { owner } = client;
  const event = eventWithoutCaller(origin, {
    action,
    outcome: "refused",
    reason,
    via: "oauth",
    owner,
    subject: { type: "credential", id: client.id, name: client.name },
    details: { sentence: clientRefusalSentences[reason], kind: oauthClientCredential.id },
  });
  reading(async (tx) => {
    if (
      !(await hasRecentRefusal(tx, { ownerId: owner.id, action, reason, address: origin.address }))
    )
      await insertAuditEvent(tx, event);
  }).catch((error: unknown) =>
    runtime().log.warn({ err: error }, "a refused client could not be recorded"),
  );
}
