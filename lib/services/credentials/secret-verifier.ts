import "server-only";
import { single } from "@/lib/config/runtime";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";

/** What is kept of a generated secret of a kind that is `hashed`. */
export function secretVerifier(secret: string): string {
  return hashSecret(verifierKey(), secret);
}

/** Derived once: it takes as long as everything else about a secret. */
const verifierKey = () =>
  single("secret-verifier-key", ({ rootKey }) => deriveKey(rootKey, "secret-verifier"));
