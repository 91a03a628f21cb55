import "server-only";
import { runtime } from "@/lib/config/runtime";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { random } from "@/lib/secrets/random";

/** A session's two names: `id` may be shown, `token` is 256 random bits that only the cookie holds. */
export function mintSession(): { id: string; token: string; tokenHash: string } {
  const token = encode(random(32));
  return { id: encode(random(12)), token, tokenHash: hashSessionToken(token) };
}

export function mintSessionToken(): { token: string; tokenHash: string } {
  const token = encode(random(32));
  return { token, tokenHash: hashSessionToken(token) };
}

export function hashSessionToken(token: string): string {
  return hashSecret(deriveKey(runtime().rootKey, "session"), token);
}

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

/** The secret under which next-auth encrypts the session cookie. */
export function sessionCookieSecret(): string {
  return deriveKey(runtime().rootKey, "next-auth").toString("base64url");
}
