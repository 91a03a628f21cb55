import "server-only";

import { createHash, createPublicKey, type KeyObject } from "node:crypto";

import {
  keyProblemSentence,
  readKeyText,
  type KeyProblem,
} from "@/lib/domain/credentials/api-key/key-problems";
import type { ParsedPublicKey as StoredKey } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";

/** The key written anew, since the pasted text is never stored; MD5 and SHA-256 of its DER (identity-api.md 2.1). */
export type ParsedPublicKey = StoredKey & { exponent: bigint };

/**
 * Reads one RSA public key out of a pasted text. Throws `invalid_key` with a sentence of its own for every cause;
 * neither the sentence nor the error holds any part of the text, which may be somebody's private key.
 */
export function parsePublicKey(text: string): ParsedPublicKey {
  const read = readKeyText(text);
  if (!read.ok) throw invalidKey(read.problem);
  const publicKey = loadKey(read.der);
  const der = publicKey?.export({ type: "spki", format: "der" });
  // OpenSSL has the last word: it must read the same RSA key and write the very bytes that were given.
  if (publicKey?.asymmetricKeyType !== "rsa" || der === undefined || !der.equals(read.der))
    throw invalidKey("damaged");
  return {
    pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    fingerprint: createHash("md5")
      .update(der)
      .digest("hex")
      .replace(/(..)(?=.)/g, "$1:"),
    sha256: createHash("sha256").update(der).digest("hex"),
    bits: read.key.bits,
    exponent: read.key.exponent,
  };
}

function loadKey(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

function invalidKey(problem: KeyProblem): AppError {
  return new AppError("invalid_key", keyProblemSentence(problem));
}
