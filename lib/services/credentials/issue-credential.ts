import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { countCredentials, insertCredential } from "@/lib/data/credentials";
import { databaseTime, reading } from "@/lib/data/db";
import { lockUser } from "@/lib/data/users";
import type { CredentialKind } from "@/lib/domain/credentials/kind";
import { presentCredential } from "@/lib/domain/credentials/present";
import { AppError } from "@/lib/domain/errors";
import { makeOcid } from "@/lib/domain/ocid";
import { mayManageCredentials } from "@/lib/domain/policy";
import { capabilityLabels, storedCapabilities } from "@/lib/domain/users/capabilities";
import { deriveKey } from "@/lib/secrets/derive";
import { hashPassword } from "@/lib/secrets/hash-password";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { parsePublicKey } from "@/lib/secrets/public-key";
import { random } from "@/lib/secrets/random";
import { seal } from "@/lib/secrets/seal";

import { mutation } from "../use-case";
import { kindNamed } from "./kind-named";

const input = z.strictObject({
  ownerId: z.string(),
  kind: z.string(),
  values: z.record(z.string(), z.unknown()),
  expiresAt: z.iso.datetime().nullish(),
});

/**
 * Issues a credential of the given kind to its owner. The secret is in the result and nowhere else; only its verifier
 * is stored. Throws `limit_reached`, `already_exists`, `invalid_key`, `invalid_input` (also when the capability is off).
 */
export const issueCredential = mutation({
  name: "issueCredential",
  input,
  stepUp: true,
  prepare: async ({ kind: kindId, values, expiresAt }) => {
    const kind = kindNamed(kindId);
    const { secret, ...minted } = kind.mint(values, { random, parsePublicKey });
    const id = makeOcid("credential", runtime().tenancy.realm, random);
    const verifier =
      kind.secret === "chosen" && secret !== undefined ? await hashPassword(secret) : null;
    return { kind, id, minted, secret, verifier, expiresAt: await parseExpiry(expiresAt) };
  },
  load: (tx, { ownerId }) => lockUser(tx, ownerId),
  authorize: (caller, owner) => mayManageCredentials(caller, owner),
  run: async (tx, { caller, loaded: owner, prepared }) => {
    const { kind, id, minted, secret, expiresAt } = prepared;
    requireCapability(kind, owner.capabilities);
    requireFreeSlot(
      kind,
      await countCredentials(tx, owner.id, kind.id),
      caller.userId === owner.id,
    );
    const kept =
      secret === undefined
        ? { verifier: null, sealedSecret: null }
        : keep(kind, { id, secret, owner, verifier: prepared.verifier });
    const credential = await insertCredential(tx, {
      id,
      kind: kind.id,
      ownerId: owner.id,
      publicId: minted.publicId ?? id,
      publicIdScope: kind.publicIdScope,
      details: minted.details,
      ...kept,
      createdBy: caller.userId,
      createdByName: caller.name,
      expiresAt,
    });
    const view = presentCredential(kind, credential, credential.createdAt);
    return kind.secret === "hashed" || kind.secret === "sealed"
      ? { credential: view, secret }
      : { credential: view };
  },
  audit: ({ loaded: owner, input: { kind }, output }) => ({
    owner,
    subject: output
      ? { type: "credential", id: output.credential.id, name: output.credential.name }
      : null,
    details: { kind, publicId: output?.credential.publicId },
  }),
});

async function parseExpiry(expiresAt: string | null | undefined): Promise<Date | null> {
  if (expiresAt === null || expiresAt === undefined) return null;
  const date = new Date(expiresAt);
  if (date > (await reading(databaseTime))) return date;
  throw new AppError("invalid_input", "The expiry must lie in the future.", {
    fields: { expiresAt: "Choose a moment in the future." },
  });
}

function requireCapability(kind: CredentialKind, capabilities: unknown): void {
  if (storedCapabilities.parse(capabilities)[kind.capability]) return;
  throw new AppError(
    "invalid_input",
    `The capability “${capabilityLabels[kind.capability]}” is off for this user. An administrator can switch it on.`,
  );
}

function requireFreeSlot(
  { maxPerUser, description: { noun, limitAdvice } }: CredentialKind,
  count: number,
  isOwn: boolean,
): void {
  if (count < maxPerUser) return;
  const whose = isOwn ? "You already have" : "This user already has";
  const sentences = [
    `${whose} ${maxPerUser} ${noun.many}, the most allowed.`,
    "Delete one to make another, or ask an administrator for a higher limit.",
    ...(limitAdvice === undefined ? [] : [limitAdvice]),
  ];
  throw new AppError("limit_reached", sentences.join(" "));
}

type Keeping = {
  id: string;
  secret: string;
  verifier: string | null;
  owner: { id: string; tenancyId: string };
};

function keep(kind: CredentialKind, { id, secret, verifier, owner }: Keeping) {
  const { masterKey } = runtime();
  switch (kind.secret) {
    case "hashed":
      return {
        verifier: hashSecret(deriveKey(masterKey, "secret-verifier"), secret),
        sealedSecret: null,
      };
    case "sealed":
      return {
        verifier: null,
        sealedSecret: seal({ current: masterKey }, secret, {
          tenancy: owner.tenancyId,
          user: owner.id,
          kind: kind.id,
          id,
        }),
      };
    case "chosen":
      return { verifier, sealedSecret: null };
    case "none":
      return { verifier: null, sealedSecret: null };
  }
}
