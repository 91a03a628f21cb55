import "server-only";

import { timingSafeEqual } from "node:crypto";

/** Compares two verifiers, in a time that does not tell where they differ. Both come out of one hash: equally long. */
export function isSameVerifier(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
