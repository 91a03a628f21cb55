import "server-only";
import { insertAuditEvent } from "@/lib/data/audit";
import { reading, type Tx } from "@/lib/data/db";
import { findDue, findDueOf, purgeEnded } from "@/lib/data/due-credentials";
import type { UserRow } from "@/lib/data/users";
import { endReason } from "@/lib/domain/credentials/ending";
import type { Credential, EndedReason } from "@/lib/domain/credentials/present";

import { clockEvent } from "../audit/clock-event";
import { endNote, endWhole } from "./end-whole";
import { kindNamed } from "./kind-named";
import { logUnreadable } from "./log-unreadable";
import { ownerByOwner } from "./owner-by-owner";

const rowsAtOnce = 1_000;

/** Ends every credential whose time is up; none of them opened anything since. Answers how many it ended. */
export function endDueCredentials(stopping: AbortSignal): Promise<number> {
  return ownerByOwner(stopping, {
    find: findDue,
    work: async (tx, owner) => {
      const due = await findDueOf(tx, owner.id);
      for (const credential of due) await end(tx, owner, credential);
      return due.length;
    },
  });
}

/** Takes away what ended so long ago that it is listed no more. */
export async function purgeEndedCredentials(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const purged = await reading((tx) => purgeEnded(tx, rowsAtOnce));
    if (purged < rowsAtOnce) return;
  }
}

async function end(tx: Tx, owner: UserRow, credential: Credential): Promise<void> {
  if (!kindNamed(credential.kind).readDetails(credential.details)) logUnreadable(credential);
  const reason = endReason(credential, "expired");
  const record = (ended: Credential, why: EndedReason) =>
    insertAuditEvent(tx, clockEvent("expireCredential", endNote(owner, ended, why)));
  await endWhole(tx, credential, { reason, byName: null }, (old) => record(old, "retired"));
  await record(credential, reason);
}
