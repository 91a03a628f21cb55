import "server-only";

import { createHash, createHmac } from "node:crypto";

/**
 * The verifier of a generated secret: HMAC-SHA-256 in base64url. Fast is right here, since 160 random bits leave no
 * dictionary to slow down; keyed, so that a stolen database cannot even confirm a secret found elsewhere.
 * The key comes from `deriveKey(rootKey, "secret-verifier")` or another purpose of its own.
 */
export function hashSecret(key: Uint8Array, secret: string): string {
  return createHmac("sha256", key).update(secret, "utf8").digest("base64url");
}

/** SHA-256 in base64url, for what is not a secret or has to be recomputed without a key. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url");
}
