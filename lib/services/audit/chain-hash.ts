import "server-only";
import { createHash } from "node:crypto";

import { type ChainedEvent, chainedText, type ChainHead } from "@/lib/domain/audit/chain";

/** The head that the chain has once the event is added to it. */
export function headAfter(previous: ChainHead, event: ChainedEvent): ChainHead {
  const hash = createHash("sha256").update(chainedText(previous, event), "utf8").digest("hex");
  return { position: previous.position + 1, hash };
}
