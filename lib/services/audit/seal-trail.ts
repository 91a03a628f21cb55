import "server-only";
import { runtime } from "@/lib/config/runtime";
import {
  chainHead,
  expiredHead,
  insertCheckpoint,
  lockChain,
  purgeAudit,
  saveSeals,
  unsealedEvents,
} from "@/lib/data/audit-chain";
import { transaction, type Tx } from "@/lib/data/db";
import { type ChainHead, checkpointText } from "@/lib/domain/audit/chain";
import { headSigner } from "@/lib/secrets/sign-head";

import { settingsOf } from "../settings/stored";
import { headAfter } from "./chain-hash";

const batch = 500;
const purgeBatch = 1_000;

/**
 * Gives every event that has none its place in the chain, and signs what the chain has come to. Answers how many it
 * sealed. Another process that is at it makes this one do nothing.
 */
export async function sealTrail(): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await transaction(sealBatch);
    sealed += count;
    if (count < batch) return sealed;
  }
}

/** Takes away what is older than the trail is kept, leaving a signed word of where it ended. */
export async function purgeTrail(): Promise<void> {
  await transaction(async (tx) => {
    if (!(await lockChain(tx))) return;
    const { retentionDays } = await settingsOf(tx, "audit");
    const end = await expiredHead(tx, retentionDays, purgeBatch);
    if (!end) return;
    await checkpoint(tx, end, "purge");
    await purgeAudit(tx, end.position);
  });
}

async function sealBatch(tx: Tx): Promise<number> {
  if (!(await lockChain(tx))) return 0;
  const events = await unsealedEvents(tx, batch);
  if (events.length === 0) return 0;
  let head = await chainHead(tx);
  const seals = events.map((event) => {
    const previousHash = head.hash;
    head = headAfter(head, event);
    return { id: event.id, previousHash, ...head };
  });
  await saveSeals(tx, seals);
  await checkpoint(tx, head, "head");
  // The log leaves the machine where the operator collects it: a trail cut at its end then no longer fits this line.
  runtime().log.info({ head: `${head.position}:${head.hash}` }, "audit trail sealed");
  return events.length;
}

async function checkpoint(tx: Tx, head: ChainHead, purpose: "head" | "purge"): Promise<void> {
  const signature = headSigner(runtime().rootKey).sign(checkpointText(head, purpose));
  await insertCheckpoint(tx, { ...head, purpose, signature });
}
