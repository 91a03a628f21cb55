import "server-only";
import { runtime } from "@/lib/config/runtime";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";

/** What is kept of a generated secret of a kind that is `hashed`. */
export function secretVerifier(secret: string): string {
  return hashSecret(deriveKey(runtime().rootKey, "secret-verifier"), secret);
}
