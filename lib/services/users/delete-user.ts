import "server-only";
import { z } from "zod";

import { listMemberships } from "@/lib/data/groups";
import { forgetFailures } from "@/lib/data/password-counters";
import { deleteUser as removeUser, findUser, lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { endLink } from "../mailed-links/send-link";
import { mutation } from "../use-case";

/** Deletes a user with every credential and session. Throws `conflict` while they are in a group (identity-api.md 3). */
export const deleteUser = mutation({
  name: "deleteUser",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: (tx, { userId }) => findUser(tx, userId),
  authorize: (caller, user) => may(caller, "DeleteUser", { user }),
  lock: (tx, { input }) => lockUser(tx, input.userId),
  concerns: (user) => user,
  endsConcerned: true,
  version: (user) => user.version,
  run: async (tx, { caller, loaded: user }) => {
    if (user.id === caller.userId)
      throw new AppError("conflict", "You cannot delete yourself. Ask another administrator.");
    const groups = await listMemberships(tx, user.tenancyId, { userId: user.id }, { limit: 10 });
    if (groups.length > 0) {
      throw new AppError(
        "conflict",
        `Take the user out of ${groups.map(({ groupName }) => groupName).join(", ")} first.`,
      );
    }
    await endLink(tx, "invitation", user.id);
    await endLink(tx, "email-confirmation", user.id);
    await removeUser(tx, user.id);
    await forgetFailures(tx, user.nameKey);
    return { id: user.id };
  },
  audit: ({ loaded: user }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
