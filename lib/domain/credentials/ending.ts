import type { Credential, EndedReason } from "./present";

/**
 * What an end is called: one that was replaced is retired by it, whether somebody does it or its overlap is over,
 * because that is what it was announced as.
 */
export function endReason(
  { retiringUntil }: Pick<Credential, "retiringUntil">,
  otherwise: "deleted" | "expired",
): EndedReason {
  return retiringUntil === null ? otherwise : "retired";
}
