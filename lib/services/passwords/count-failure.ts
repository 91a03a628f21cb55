import "server-only";
import type { Account } from "@/lib/data/accounts";
import { insertAuditEvent } from "@/lib/data/audit";
import type { Tx } from "@/lib/data/db";
import { countFailedCheck, returnLease } from "@/lib/data/password-counters";
import { endSessions } from "@/lib/data/sessions";
import { blockUser } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { addressOf } from "@/lib/domain/mail/recipient";
import { failuresUntilBlocked } from "@/lib/domain/password/lockout";

import { eventWithoutCaller } from "../audit/record";
import { enqueueMail } from "../mail/enqueue";

export interface Failure {
  /** The key under which failures are counted. */
  readonly counter: string;
  readonly leaseId: string;
  readonly user: Account | undefined;
  /** The name had failed ten times before: nothing is left to count. */
  readonly isOverLimit: boolean;
  readonly mayBlock: boolean;
  readonly wrong: "wrong_password" | "wrong_code";
  /** Of another count that blocks at the same number. */
  readonly alsoFailed?: number;
}

interface Attempt {
  readonly origin: RequestOrigin;
  readonly action: string;
  readonly via: string;
}

/** One update and one event, whoever was asked for: a name that costs less to refuse would tell what it is. */
export async function finishWrong(
  tx: Tx,
  attempt: Attempt,
  { counter, leaseId, user, isOverLimit, mayBlock, wrong, alsoFailed = 0 }: Failure,
): Promise<void> {
  const { origin, action, via } = attempt;
  const failed = isOverLimit ? undefined : await countFailedCheck(tx, counter, leaseId);
  if (isOverLimit) await returnLease(tx, counter, leaseId);
  const owner = user === undefined ? null : { id: user.id, name: user.name };
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, {
      via,
      owner,
      subject: owner && { type: "user", ...owner },
      action,
      outcome: "refused",
      reason: user === undefined ? "unknown_user" : isOverLimit ? "blocked" : wrong,
      details: failed === undefined ? {} : { failed },
    }),
  );
  if (user !== undefined && failed !== undefined && mayBlock)
    await blockIfSpent(tx, { origin, via }, user, Math.max(failed, alsoFailed));
}

async function blockIfSpent(
  tx: Tx,
  { origin, via }: Pick<Attempt, "origin" | "via">,
  user: Account,
  failed: number,
): Promise<void> {
  if (failed < failuresUntilBlocked || user.blockedAt !== null) return;
  const blockedAt = await blockUser(tx, user.id);
  if (!blockedAt) return;
  await endSessions(tx, user.id);
  const owner = { id: user.id, name: user.name };
  await insertAuditEvent(
    tx,
    eventWithoutCaller(origin, {
      via,
      owner,
      subject: { type: "user", ...owner },
      action: "blockUser",
      outcome: "done",
      reason: "ten_failures",
    }),
  );
  const recipient = addressOf(user);
  if (recipient !== undefined) {
    await enqueueMail(tx, {
      template: "user_blocked",
      userId: user.id,
      recipient,
      values: { userName: user.name, blockedAt: blockedAt.toISOString() },
    });
  }
}
