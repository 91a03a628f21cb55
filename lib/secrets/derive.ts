import "server-only";

import { hkdfSync } from "node:crypto";

/** What a derived key is for. Two purposes never share a key. */
export type KeyPurpose =
  | "session"
  | "secret-verifier"
  | "next-auth"
  | "seal"
  | "audit-chain"
  | "retry-request"
  | "invitation"
  | "email-confirmation"
  | "recovery-code";

/**
 * Derives the 256-bit key of one purpose from another key (HKDF-SHA-256, RFC 5869): from the root key, or from a
 * master key the one that seals. The same key and purpose always give the same; from a derived key neither the key nor a
 * sibling can be found.
 */
export function deriveKey(key: Uint8Array, purpose: KeyPurpose): Buffer {
  if (key.length < shortestKeyBytes)
    throw new Error("A root key or master key has at least 32 bytes.");
  const info = `latchkey|v1|${purpose}`;
  return Buffer.from(hkdfSync("sha256", key, noSalt, info, derivedKeyBytes));
}

const noSalt = new Uint8Array(0);
const shortestKeyBytes = 32;
const derivedKeyBytes = 32;
