import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { LinkPurpose } from "@/lib/data/mailed-links";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { random } from "@/lib/secrets/random";

/** 256 random bits that only the mail holds, and what is stored of them. */
export function mintLinkToken(purpose: LinkPurpose): { token: string; tokenHash: string } {
  const token = Buffer.from(random(32)).toString("base64url");
  return { token, tokenHash: hashLinkToken(purpose, token) };
}

export function hashLinkToken(purpose: LinkPurpose, token: string): string {
  return hashSecret(deriveKey(runtime().rootKey, purpose), token);
}
