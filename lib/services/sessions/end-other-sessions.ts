import "server-only";
import { z } from "zod";

import { endSessions } from "@/lib/data/sessions";
import { findUser, lockUser } from "@/lib/data/users";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";

/** Ends every session of a user but the caller's own. */
export const endOtherSessions = mutation({
  name: "endOtherSessions",
  input: z.strictObject({ userId: z.string() }),
  stepUp: false,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "EndSession", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  run: async (tx, { caller, loaded: user }) => {
    const kept =
      caller.proof.type === "session" && caller.userId === user.id
        ? { except: caller.proof.sessionId }
        : {};
    return { ended: await endSessions(tx, user.id, kept) };
  },
  audit: ({ loaded: user, output }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { ended: output?.ended ?? 0 },
  }),
});
