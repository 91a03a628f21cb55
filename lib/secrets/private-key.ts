import "server-only";

import { createHash, createPrivateKey, createPublicKey } from "node:crypto";

/** The SHA-256 of the public half, as a registered key has it; undefined for what is no readable private key. */
export function publicDigestOf(privatePem: string): string | undefined {
  try {
    const der = createPublicKey(createPrivateKey(privatePem)).export({
      type: "spki",
      format: "der",
    });
    return createHash("sha256").update(der).digest("hex");
  } catch {
    return undefined;
  }
}
