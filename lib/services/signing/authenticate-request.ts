import "server-only";
import { runtime } from "@/lib/config/runtime";
import { hasRecentRefusal, insertAuditEvent } from "@/lib/data/audit";
import { reading } from "@/lib/data/db";
import { type Sighting, sightSignature } from "@/lib/data/seen-signatures";
import { findSigner, type SignerRow } from "@/lib/data/signers";
import type { RequestOrigin } from "@/lib/domain/caller";
import { apiKey, apiKeyDetails } from "@/lib/domain/credentials/api-key/kind";
import { credentialState, isUsable } from "@/lib/domain/credentials/present";
import { durations } from "@/lib/domain/durations";
import { parsedOnce, readOnce } from "@/lib/domain/parsed-once";
import { parseAuthorization, type SignatureParameters } from "@/lib/domain/signing/authorization";
import { describeRefusal, refuse, type Refusal } from "@/lib/domain/signing/refusal";
import { checkRequest, type SignedRequest } from "@/lib/domain/signing/request";
import { type Capabilities, storedCapabilities } from "@/lib/domain/users/capabilities";
import {
  dummyVerify,
  publicKeyObject,
  sha256Base64,
  verifySignature,
} from "@/lib/secrets/signature";

import { eventWithoutCaller } from "../audit/record";
import { logUnreadable } from "../credentials/log-unreadable";
import { noteLastUse } from "../last-use";

export type RawRequest = Omit<SignedRequest, "now" | "bodySha256Base64"> & { body: Uint8Array };

export type Authentication =
  | {
      readonly ok: true;
      readonly signer: Signer;
      readonly credentialId: string;
      readonly fingerprint: string;
      readonly signature: string;
    }
  | { readonly ok: false };

/** The person behind a good signature. */
export type Signer = {
  readonly user: Readable<NonNullable<SignerRow["user"]>>;
} & Pick<SignerRow, "groups" | "policiesVersion">;

/** A row's owner, the switches read. */
type Readable<User> = Omit<User, "capabilities"> & { readonly capabilities: Capabilities };

type FoundSigner = Omit<SignerRow, "user"> & { readonly user: Signer["user"] | null };

/**
 * Who signed a request, by one statement. Every failure looks and costs the same from outside; its cause is written
 * where the owner of the key, and nobody else, can read it (identity-api.md 1.5, 1.6).
 */
export function authenticateRequest(
  request: RawRequest,
  origin: RequestOrigin,
): Promise<Authentication> {
  const parsed = parseAuthorization(request.headers["authorization"] ?? "");
  if (!parsed.ok) return Promise.resolve({ ok: false });
  const { userId, fingerprint } = parsed.value;
  return reading((db) =>
    findSigner(db, { tenancyId: runtime().tenancy.id, userId, fingerprint }, (found) =>
      judge(request, origin, parsed.value, withCapabilities(found)),
    ),
  );
}

function judge(
  request: RawRequest,
  origin: RequestOrigin,
  { tenancyId, fingerprint, headers, signature }: SignatureParameters,
  found: FoundSigner,
): Authentication {
  const { user, key, now } = found;
  const checked = checkRequest(
    { ...request, now, bodySha256Base64: sha256Base64(request.body) },
    headers,
  );
  const details = key ? readDetails(key.details) : undefined;
  const refusal = refusalOf(found, tenancyId) ?? (details ? undefined : refuse("key_unreadable"));
  if (!checked.ok || refusal || !user || !key || !details) {
    if (user && key && !details) logUnreadable({ id: key.id, ownerId: user.id, kind: apiKey.id });
    dummyVerify(checked.ok ? checked.value.signingString : "");
    noteRefusal(
      found,
      fingerprint,
      checked.ok ? (refusal ?? refuse("unknown_user")) : checked,
      origin,
    );
    return { ok: false };
  }
  const { signingString } = checked.value;
  const publicKey = publicKeyObject(details.publicKey);
  if (!verifySignature({ signingString, signature, publicKey })) {
    noteRefusal(found, fingerprint, refuse("bad_signature"), origin);
    return { ok: false };
  }
  noteLastUse(
    { id: key.id, at: now, address: origin.address, client: origin.client.slice(0, 200) },
    key.lastUsedAt,
  );
  return {
    ok: true,
    signer: { user, groups: found.groups, policiesVersion: found.policiesVersion },
    credentialId: key.id,
    fingerprint,
    signature,
  };
}

/** Remembers the signature of a request that changes something; all but the first sighting must have no effect. */
export async function sightRequest(signature: string): Promise<Sighting> {
  return reading((tx) => sightSignature(tx, sha256Base64(signature), durations.replayGrace));
}

function withCapabilities(found: SignerRow): FoundSigner {
  const { user } = found;
  if (!user) return { ...found, user };
  return { ...found, user: { ...user, capabilities: readCapabilities(user.capabilities) } };
}

const readCapabilities = parsedOnce(storedCapabilities);
const readDetails = readOnce(apiKeyDetails);

function refusalOf({ user, key, now }: FoundSigner, tenancyId: string): Refusal | undefined {
  if (tenancyId !== runtime().tenancy.id) return refuse("unknown_tenancy");
  if (!user) return refuse("unknown_user");
  if (user.state !== "active") return refuse("user_suspended");
  if (!user.capabilities.canUseApiKeys) return refuse("capability_off");
  if (!key) return refuse("unknown_fingerprint");
  if (isUsable(key, now)) return undefined;
  return refuse(credentialState(key, now) === "disabled" ? "key_disabled" : "key_expired");
}

/**
 * Written behind the answer, so that its time does not tell known from unknown; one row a minute for the same cause
 * from the same address, so that a broken client does not flood its owner's activity.
 */
function noteRefusal(
  { user, key }: FoundSigner,
  fingerprint: string,
  { reason, details }: Refusal,
  origin: RequestOrigin,
): void {
  if (!user) return;
  const action = "signRequest";
  const event = eventWithoutCaller(origin, {
    action,
    outcome: "refused",
    reason,
    via: "signature",
    owner: user,
    subject: { type: "credential", id: key?.id ?? "", name: fingerprint },
    details: { sentence: describeRefusal(reason, details), fingerprint },
  });
  reading(async (tx) => {
    if (
      !(await hasRecentRefusal(tx, { ownerId: user.id, action, reason, address: origin.address }))
    )
      await insertAuditEvent(tx, event);
  }).catch((error: unknown) =>
    runtime().log.warn({ err: error }, "a refused request could not be recorded"),
  );
}
