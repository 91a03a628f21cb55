import "server-only";
import { z } from "zod";

import { listSessions as selectSessions } from "@/lib/data/sessions";
import { findUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

export interface SessionView {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly address: string;
  readonly client: string;
}

/** A user's live sessions, the most recently used first. */
export const listSessions = query({
  name: "listSessions",
  input: z.strictObject({ userId: z.string() }),
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "ListSessions", { user }),
  run: async (tx, { caller, loaded: user }): Promise<SessionView[]> => {
    const current = caller.proof.type === "session" ? caller.proof.sessionId : undefined;
    const sessions = await selectSessions(tx, user.id);
    return sessions.map(({ id, createdAt, lastSeenAt, address, client }) => ({
      id,
      isCurrent: id === current,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      address,
      client,
    }));
  },
});
