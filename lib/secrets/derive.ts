import "server-only";

import { hkdfSync } from "node:crypto";

/** What a key derived from the master key is for. Two purposes never share a key. */
export type KeyPurpose =
  | "session"
  | "secret-verifier"
  | "next-auth"
  | "seal"
  | "audit-chain"
  | "reset-token";

/**
 * Derives the 256-bit key of one purpose from a master key (HKDF-SHA-256, RFC 5869). The same master key and
 * purpose always give the same key; from a derived key neither the master key nor a sibling can be found.
 */
export function deriveKey(masterKey: Uint8Array, purpose: KeyPurpose): Buffer {
  if (masterKey.length < shortestMasterKeyBytes) {
    throw new Error("A master key has at least 32 bytes.");
  }
  const info = `latchkey|v1|${purpose}`;
  return Buffer.from(hkdfSync("sha256", masterKey, noSalt, info, derivedKeyBytes));
}

const noSalt = new Uint8Array(0);
const shortestMasterKeyBytes = 32;
const derivedKeyBytes = 32;
