import "server-only";
import { z } from "zod";

import { endSession as deleteSession } from "@/lib/data/sessions";
import { findUser, lockUser } from "@/lib/data/users";
import { notFound } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";

/** Ends one session of a user; it is refused at its next request, on every process. */
export const endSession = mutation({
  name: "endSession",
  input: z.strictObject({ userId: z.string(), sessionId: z.string() }),
  stepUp: false,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "EndSession", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  run: async (tx, { input, loaded: user }) => {
    if (!(await deleteSession(tx, user.id, input.sessionId))) throw notFound();
    return { id: input.sessionId };
  },
  audit: ({ loaded: user, input }) => ({
    owner: user,
    subject: { type: "session", id: input.sessionId, name: "" },
  }),
});
