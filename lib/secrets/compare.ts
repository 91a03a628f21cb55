import "server-only";

import { createHash, timingSafeEqual } from "node:crypto";

/** Compares two secrets or digests in a time that tells neither where they differ nor how long they are. */
export function isSameSecret(one: string | Uint8Array, other: string | Uint8Array): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(value: string | Uint8Array): Buffer {
  return createHash("sha256").update(value).digest();
}
