import "server-only";
import { z } from "zod";

import { endSession } from "@/lib/data/sessions";
import { lockUser } from "@/lib/data/users";
import { isSelf } from "@/lib/domain/policy";

import { mutation } from "../use-case";

/** Ends the session that asks. Open during a forced password change, too. */
export const signOut = mutation({
  name: "signOut",
  input: z.strictObject({}),
  stepUp: false,
  duringForcedChange: true,
  load: (tx, _input, caller) => lockUser(tx, caller.userId),
  authorize: isSelf,
  run: async (tx, { caller, loaded: user }) => {
    if (caller.proof.type === "session") await endSession(tx, user.id, caller.proof.sessionId);
    return {};
  },
  audit: ({ loaded: user, caller }) => ({
    owner: user,
    subject: {
      type: "session",
      id: caller.proof.type === "session" ? caller.proof.sessionId : "",
      name: "",
    },
  }),
});
