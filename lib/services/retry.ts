import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { findRetryRecord, isStillThere, keepReply, takeRetryToken } from "@/lib/data/retry-tokens";
import type { Caller } from "@/lib/domain/caller";
import { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";
import { retryPlace } from "@/lib/domain/sealed-place";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";

import type { AuditNote } from "./audit/record";
import { openSecret, sealSecret } from "./master-key/sealing";

/**
 * A creating request that may come twice. `bodyHash` tells whether it is the same request; it covers the target too.
 * Only a keyed hash of it is kept: a body may hold a password, which a plain one would give away to guessing.
 */
export interface RetryRequest {
  readonly token: string;
  readonly bodyHash: string;
}

/**
 * Performs a creation once per token: a repeat gets the first answer, for 24 hours; an answer with a secret in it for
 * one hour. Everything is in the creation's own transaction, so a crash leaves neither or both.
 * Throws `retry_token_invalidated` for another payload, a resource that is gone, or a secret past its hour.
 */
export async function answerOnce<Output>(
  tx: Tx,
  caller: Caller,
  operation: string,
  request: RetryRequest,
  perform: () => Promise<{ output: Output; note: AuditNote }>,
): Promise<Output> {
  const { token } = request;
  const bodyHash = hashSecret(deriveKey(runtime().rootKey, "retry-request"), request.bodyHash);
  const key = { callerId: caller.userId, operation, token };
  if (!(await takeRetryToken(tx, key, bodyHash))) return repeatAnswer(tx, caller, key, bodyHash);
  const { output, note } = await perform();
  await keepReply(tx, key, {
    subjectType: note.subject?.type ?? "",
    subjectId: note.subject?.id ?? "",
    sealedReply: await sealSecret(tx, JSON.stringify(output), retryPlace(caller.tenancyId, key)),
    secretSeconds: holdsSecret(output) ? durations.retrySecret : null,
  });
  return output;
}

type Key = { callerId: string; operation: string; token: string };

async function repeatAnswer<Output>(
  tx: Tx,
  caller: Caller,
  key: Key,
  bodyHash: string,
): Promise<Output> {
  const record = await findRetryRecord(tx, key);
  const isSame = record?.bodyHash === bodyHash;
  if (!record?.sealedReply || !isSame || record.isSecretOver) throw invalidated();
  if (!(await isStillThere(tx, record.subjectType ?? "", record.subjectId ?? "")))
    throw invalidated();
  return parseReply<Output>(openSecret(record.sealedReply, retryPlace(caller.tenancyId, key)));
}

/** What `answerOnce` sealed under this key was this operation's output, JSON-safe by the rule for views. */
function parseReply<Output>(json: string): Output {
  return JSON.parse(json) as Output;
}

function holdsSecret(output: unknown): boolean {
  return (
    typeof output === "object" &&
    output !== null &&
    "secret" in output &&
    output.secret !== undefined
  );
}

function invalidated(): AppError {
  return new AppError(
    "retry_token_invalidated",
    "This retry token was used before, and its answer cannot be given again. Send the request with a new token.",
  );
}
