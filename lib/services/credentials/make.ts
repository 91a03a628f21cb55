import "server-only";
import { runtime } from "@/lib/config/runtime";
import { insertCredential, replaceVerifier, retireCredential } from "@/lib/data/credentials";
import type { Tx } from "@/lib/data/db";
import type { UserRow } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import type { CredentialKind } from "@/lib/domain/credentials/kind";
import {
  type Credential,
  type CredentialView,
  presentCredential,
} from "@/lib/domain/credentials/present";
import { makeOcid } from "@/lib/domain/ocid";
import { defaultPasswordPolicy } from "@/lib/domain/password/policy";
import { credentialPlace } from "@/lib/domain/sealed-place";
import { hashPassword } from "@/lib/secrets/hash-password";
import { isBlockedPassword } from "@/lib/secrets/password-blocklist";
import { parsePublicKey } from "@/lib/secrets/public-key";
import { random } from "@/lib/secrets/random";

import { sealSecret } from "../master-key/sealing";
import { passwordPolicyOf } from "../passwords/policy";
import { admitDetails } from "./admit-details";
import { secretVerifier } from "./secret-verifier";

/** A credential that is made but not yet anybody's: the slow part of issuing, done before any lock is taken. */
export interface Made {
  readonly kind: CredentialKind;
  readonly id: string;
  readonly values: unknown;
  readonly publicId: string;
  readonly details: Record<string, unknown>;
  readonly secret: string | undefined;
  /** Of a password that its owner chose; of the other secrets it is made when they are kept. */
  readonly passwordVerifier: string | null;
}

export interface Issued {
  readonly credential: CredentialView;
  readonly secret?: string | undefined;
}

/** Parses what was typed and mints. Throws `invalid_input`, `missing_input`, `invalid_key`. */
export async function makeCredential(kind: CredentialKind, values: unknown): Promise<Made> {
  const { publicId, details, secret } = kind.mint(values, { random, parsePublicKey });
  const id = makeOcid("credential", runtime().tenancy.realm, random);
  const passwordVerifier =
    kind.secret === "chosen" && secret !== undefined ? await hashPassword(secret) : null;
  return {
    kind,
    id,
    values,
    publicId: publicId ?? id,
    details: kind.parseDetails(details),
    secret,
    passwordVerifier,
  };
}

/** Gives it to its owner, under the owner's lock. The secret is in the result, and nowhere else in clear. */
export async function keepCredential(
  tx: Tx,
  made: Made,
  { caller, owner, expiresAt }: { caller: Caller; owner: UserRow; expiresAt: Date | null },
): Promise<Issued> {
  const { kind, id, publicId, secret } = made;
  kind.requireFit(made.values, owner, {
    passwordPolicy: kind.secret === "chosen" ? await passwordPolicyOf(tx) : defaultPasswordPolicy,
    isEasyToGuess: isBlockedPassword,
  });
  const request = { caller, owner, before: undefined, details: made.details };
  const details = await admitDetails(tx, kind.id, request);
  const credential = await insertCredential(tx, {
    id,
    kind: kind.id,
    ownerId: owner.id,
    publicId,
    publicIdScope: kind.publicIdScope,
    details,
    ...(await keptForm(tx, made, owner)),
    createdBy: caller.userId,
    createdByName: caller.name,
    expiresAt,
  });
  const view = presentCredential(kind, credential, credential.createdAt);
  return kind.secret === "hashed" || kind.secret === "sealed"
    ? { credential: view, secret }
    : { credential: view };
}

/**
 * Gives a credential the secret of one that was just made, and these details; its OCID and everything else stay. With
 * `oldUntil` the old secret lives on until then, in a row of its own.
 */
export async function keepSecret(
  tx: Tx,
  made: Made,
  given: {
    owner: UserRow;
    credential: Credential;
    details: unknown;
    now: Date;
    oldUntil: Date | undefined;
  },
): Promise<Issued> {
  const { kind, secret } = made;
  const { owner, credential, details, now, oldUntil } = given;
  const { verifier } = await keptForm(tx, made, owner);
  if (kind.secret !== "hashed" || verifier === null)
    throw new Error(`A secret of ${kind.id} cannot be replaced in its place.`);
  const { credential: renewed, old } = await replaceVerifier(tx, owner.id, credential.id, {
    verifier,
    details,
  });
  if (oldUntil !== undefined) {
    await insertCredential(tx, {
      ...old,
      id: made.id,
      publicId: made.id,
      publicIdScope: kind.publicIdScope,
      kind: kind.id,
      ownerId: owner.id,
      details: credential.details,
      sealedSecret: null,
      createdAt: credential.createdAt,
      createdBy: credential.createdBy,
      createdByName: credential.createdByName,
      secretReplacedAt: credential.secretReplacedAt,
      expiresAt: credential.expiresAt,
    });
    const replaced = { replacedById: credential.id, at: now, until: oldUntil };
    await retireCredential(tx, owner.id, made.id, replaced);
  }
  return { credential: presentCredential(kind, renewed, now), secret };
}

/** How the secret is stored: a verifier, or sealed for its place, or not at all. */
async function keptForm(tx: Tx, { kind, id, secret, passwordVerifier }: Made, owner: UserRow) {
  const nothing = { verifier: null, sealedSecret: null };
  if (secret === undefined) return nothing;
  switch (kind.secret) {
    case "hashed":
      return { ...nothing, verifier: secretVerifier(secret) };
    case "sealed": {
      const place = credentialPlace(owner.tenancyId, { ownerId: owner.id, kind: kind.id, id });
      // The verifier finds it when somebody reports it as leaked.
      return {
        verifier: secretVerifier(secret),
        sealedSecret: await sealSecret(tx, secret, place),
      };
    }
    case "chosen":
      return { ...nothing, verifier: passwordVerifier };
    case "none":
      return nothing;
  }
}
