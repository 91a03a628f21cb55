import "server-only";

import { constants, createHash, createPublicKey, verify, type KeyObject } from "node:crypto";

type SignatureCheck = {
  signingString: string;
  /** Base64 as it stood in the header. */
  signature: string;
  publicKey: KeyObject;
};

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2.2). The stored key decides the algorithm, never the request (security.md R42).
 * False, never an exception, for a key that is not RSA and a signature that is not canonical base64.
 */
export function verifySignature({ signingString, signature, publicKey }: SignatureCheck): boolean {
  if (publicKey.asymmetricKeyType !== "rsa" || publicKey.type !== "public") return false;
  const bytes = Buffer.from(signature, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== signature) return false;
  // Node reads the request line and headers as Latin-1, so Latin-1 gives back the bytes that were sent.
  const signed = Buffer.from(signingString, "latin1");
  if (signed.toString("latin1") !== signingString) return false;
  return verify("sha256", signed, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
}

/**
 * The key object of a stored PEM, from a cache of the most recently used. It remembers parsing only: whether the key
 * still counts is asked of the database each time. Throws when the PEM cannot be read, which for a stored one is a bug.
 */
export function publicKeyObject(pem: string): KeyObject {
  const publicKey = cachedKeys.get(pem) ?? createPublicKey(pem);
  cachedKeys.delete(pem);
  cachedKeys.set(pem, publicKey);
  for (const oldest of cachedKeys.keys()) {
    if (cachedKeys.size <= maxCachedKeys) break;
    cachedKeys.delete(oldest);
  }
  return publicKey;
}

/** Costs what a real check costs and fails, so that an unknown key is not answered sooner than a wrong signature. */
export function dummyVerify(signingString: string): false {
  verifySignature({
    signingString,
    signature: dummySignature,
    publicKey: publicKeyObject(dummyPem),
  });
  return false;
}

export function sha256Base64(content: string | Uint8Array): string {
  return content.length === 0 ? sha256OfNothing : digest(content);
}

const digest = (content: string | Uint8Array) =>
  createHash("sha256").update(content).digest("base64");
/** Every GET has this body. */
const sha256OfNothing = digest("");

export const maxCachedKeys = 1_024;
const cachedKeys = new Map<string, KeyObject>();

/** Nobody has the private half: it was never written down. */
const dummyPem = `-----BEGIN PUBLIC KEY-----
MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA1nOMu6uQz7jwqIGk7dQL
UI0bc9MzFsreA36tDidZZ66V91U3Dl1bTYhqKMkka7nfLLCZb7rOOg0tjwMtrFBI
9ECqEwqrx8nWS6vTM1l+QwbtuXQ1U/pjyDGAF3BsVhArAONjsLGNJewbbnplm87x
7hLNlvC4DfTnmMLEJuHGfxWmj66FNMyZ+8uuS7I7BaQDsEoJfWp2S7AT2A/JzeEC
UHBQY+c4TuVUAFmoYPotD8wOFPKlj3C+diHt1ji3NM3niIWD9fa5KCJVrtvK6dVo
l7QfGo/gRkQbURha2n/agQRnoIgI/bBDY1DBjpcVTMCx0GZdzjwnYxc+0JGPG9tR
S3sB6z2e35YMap2zdg30CxhTs7K9maTo6UGnHfk0AYMnzCwliKLth1GV/P6i7GF/
zin9BcyP5ROM/9BjHrbC9bTR99MNBbot4L4ZL+YjzkZ3ykrShogDlyt/1UjRKYeO
d1n8JPo82WVBjHrwvJLq3hqUXk+SLethnvVsyljIsROzAgMBAAE=
-----END PUBLIC KEY-----
`;
const dummySignature = Buffer.alloc(384, 1).toString("base64");
