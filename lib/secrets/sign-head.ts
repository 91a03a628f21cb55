import "server-only";

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

import { deriveKey } from "./derive";

/** Signs what the audit trail's chain has come to, and tells such a signature from any other. */
export interface HeadSigner {
  /** Ed25519 (RFC 8032), in base64url. */
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}

/** The signer of a root key. Whoever can change the database but does not hold the master key cannot sign. */
export function headSigner(rootKey: Uint8Array): HeadSigner {
  const key = privateKeyOf(deriveKey(rootKey, "audit-chain"));
  const publicKey = createPublicKey(key);
  return {
    sign: (text) => sign(null, Buffer.from(text, "utf8"), key).toString("base64url"),
    verify: (text, signature) =>
      verify(null, Buffer.from(text, "utf8"), publicKey, Buffer.from(signature, "base64url")),
  };
}

/** PKCS #8 around a 32-byte seed (RFC 8410, section 7). */
function privateKeyOf(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}
