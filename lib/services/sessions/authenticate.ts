import "server-only";
import { insertAuditEvent } from "@/lib/data/audit";
import { reading, transaction } from "@/lib/data/db";
import { endSession, findSessionHolder, type SessionHolder } from "@/lib/data/sessions";
import type { RequestOrigin } from "@/lib/domain/caller";

import { eventWithoutCaller } from "../audit/record";
import { hashSessionToken } from "./token";

export type { SessionHolder };

/** Who holds the session of this token right now; undefined when it ended, idled out, or its user may not sign in. */
export async function findHolderOfToken(token: string): Promise<SessionHolder | undefined> {
  return reading((tx) => findSessionHolder(tx, hashSessionToken(token)));
}

/** Ends the session that a cookie carried, whoever presents it. Nothing happens when it is over already. */
export async function endSessionOfToken(token: string, origin: RequestOrigin): Promise<void> {
  await transaction(async (tx) => {
    const holder = await findSessionHolder(tx, hashSessionToken(token));
    if (!holder || !(await endSession(tx, holder.user.id, holder.session.id))) return;
    const event = eventWithoutCaller(origin, {
      action: "signOut",
      outcome: "done",
      via: "session",
      actor: holder.user,
      owner: holder.user,
      subject: { type: "session", id: holder.session.id, name: "" },
    });
    await insertAuditEvent(tx, event);
  });
}
