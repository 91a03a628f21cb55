import "server-only";
import { runtime } from "@/lib/config/runtime";
import { insertAuditEvent } from "@/lib/data/audit";
import { reading, transaction, type Tx } from "@/lib/data/db";
import { type Due, findDue, findDueOf, purgeEnded } from "@/lib/data/due-credentials";
import { lockUserUnlessBusy, type UserRow } from "@/lib/data/users";
import { endReason } from "@/lib/domain/credentials/ending";
import type { Credential } from "@/lib/domain/credentials/present";
import { isAppError } from "@/lib/domain/errors";

import { clockEvent } from "../audit/clock-event";
import { endWhole } from "./end-whole";
import { kindNamed } from "./kind-named";

const ownersAtOnce = 100;
const rowsAtOnce = 1_000;

/**
 * Ends every credential whose time is up; none of them opened anything since. Each owner's are one transaction: any
 * number of servers may be at it at once, and one that is killed leaves nothing half done. Answers how many it ended.
 */
export async function endDueCredentials(stopping: AbortSignal): Promise<number> {
  let ended = 0;
  let after: Due | undefined;
  for (;;) {
    const due = await reading((tx) => findDue(tx, { after, most: ownersAtOnce }));
    for (const ownerId of new Set(due.map((one) => one.ownerId))) {
      if (stopping.aborted) return ended;
      ended += await endThoseOf(ownerId);
    }
    after = due.at(-1);
    if (due.length < ownersAtOnce) return ended;
  }
}

/** Takes away what ended so long ago that it is listed no more. */
export async function purgeEndedCredentials(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const purged = await reading((tx) => purgeEnded(tx, rowsAtOnce));
    if (purged < rowsAtOnce) return;
  }
}

/** What stands in the way of one owner's is for the log: it must not keep those of all others alive. */
async function endThoseOf(ownerId: string): Promise<number> {
  try {
    return await transaction(async (tx) => {
      const owner = await lockUserUnlessBusy(tx, ownerId);
      // Somebody else is at it, and this server comes by again.
      if (!owner) return 0;
      const due = await findDueOf(tx, ownerId);
      for (const credential of due) await end(tx, owner, credential);
      return due.length;
    });
  } catch (error) {
    if (isAppError(error) && error.code === "unavailable") throw error;
    runtime().log.error({ err: error, owner: ownerId }, "what is due could not be ended");
    return 0;
  }
}

async function end(tx: Tx, owner: UserRow, credential: Credential): Promise<void> {
  const { id, kind, publicId, details } = credential;
  const reason = endReason(credential, "expired");
  await endWhole(tx, credential, { reason, byName: null });
  await insertAuditEvent(
    tx,
    clockEvent("expireCredential", {
      owner,
      subject: { type: "credential", id, name: kindNamed(kind).label(details) },
      details: { kind, publicId, reason },
    }),
  );
}
