import "server-only";

import { createPrivateKey, type KeyObject, sign } from "node:crypto";

import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
} from "jose";

import type { SigningAlgorithm } from "@/lib/domain/oauth/key-schedule";

import { publicKeyObject } from "./signature";

/** The public half of a signing key, as the key set shows it (RFC 7517). */
export type PublicKey = JWK;

/** A key pair as it is kept: named by the thumbprint of its public half (RFC 7638). */
export interface NewSigningKey {
  readonly id: string;
  readonly publicKey: PublicKey;
  readonly privateKeyPem: string;
}

/** RSA has 2048 bits: a signature with more costs several times as much, and each key serves a month. */
export async function generateSigningKey(algorithm: SigningAlgorithm): Promise<NewSigningKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const bare = await exportJWK(pair.publicKey);
  const id = await calculateJwkThumbprint(bare);
  return {
    id,
    publicKey: { ...bare, kid: id, alg: algorithm, use: "sig" },
    privateKeyPem: await exportPKCS8(pair.privateKey),
  };
}

/** A private key ready to sign. */
export function loadPrivateKey(pem: string): KeyObject {
  return createPrivateKey(pem);
}

export async function loadPublicKey(
  algorithm: SigningAlgorithm,
  jwk: PublicKey,
): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error("A signing key is never symmetric.");
  return key;
}

type SigningKey = {
  readonly id: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
};

/**
 * Signs an access token (RFC 9068) in a thread of its own: the event loop goes on meanwhile. Written out, for what jose
 * and WebCrypto add to a signature costs the event loop more than the signature itself (docs/decisions/0070).
 */
export function signAccessToken(
  { id, algorithm, privateKey }: SigningKey,
  claims: Record<string, unknown>,
): Promise<string> {
  const header = { alg: algorithm, typ: accessTokenType, kid: id };
  const content = `${encoded(header)}.${encoded(claims)}`;
  return new Promise((resolve, reject) => {
    // Both algorithms take SHA-256; the encoding concerns ES256 alone (RFC 7518 3.4).
    const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
    sign("sha256", Buffer.from(content), key, (error, signature) =>
      error ? reject(error) : resolve(`${content}.${signature.toString("base64url")}`),
    );
  });
}

const encoded = (part: Record<string, unknown>) =>
  Buffer.from(JSON.stringify(part)).toString("base64url");

/**
 * The claims of an access token that one of these keys signed and that is in force at a moment; undefined for any
 * other text. The key decides the algorithm, never the token (security.md T13).
 */
export async function readAccessToken(
  token: string,
  keys: readonly { id: string; algorithm: SigningAlgorithm; publicKey: CryptoKey }[],
  { issuer, now }: { issuer: string; now: Date },
): Promise<unknown> {
  const header = headerOf(token);
  const key = keys.find(({ id }) => id === header?.kid);
  if (!key) return undefined;
  try {
    const { payload } = await jwtVerify(token, key.publicKey, {
      issuer,
      algorithms: [key.algorithm],
      typ: accessTokenType,
      currentDate: now,
    });
    return payload;
  } catch {
    return undefined;
  }
}

/** What an assertion says, before anybody knows whether it is true; undefined for what is no JWT. */
export function readUnverified(
  assertion: string,
): { kid: string | undefined; claims: unknown } | undefined {
  const header = headerOf(assertion);
  if (!header) return undefined;
  try {
    return { kid: header.kid, claims: decodeJwt(assertion) };
  } catch {
    return undefined;
  }
}

/** Whether the holder of the private half of an RSA key signed it. Its claims are the caller's to judge. */
export async function isSignedWith(
  assertion: string,
  publicKeyPem: string,
  { algorithms, now }: { algorithms: readonly string[]; now: Date },
): Promise<boolean> {
  try {
    await jwtVerify(assertion, publicKeyObject(publicKeyPem), {
      algorithms: [...algorithms],
      currentDate: now,
      clockTolerance: 60,
    });
    return true;
  } catch {
    return false;
  }
}

function headerOf(token: string): { kid: string | undefined } | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return { kid };
  } catch {
    return undefined;
  }
}

const accessTokenType = "at+jwt";
