import "server-only";
import { z } from "zod";

import { findAdministrators, lockAdministrators } from "@/lib/data/groups";
import { endSessions } from "@/lib/data/sessions";
import { findUser, lockUser, updateUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";
import { presentUser } from "@/lib/domain/users/present";

import { requireOtherAdministrator } from "../groups/keep-administrators";
import { endLink } from "../mailed-links/send-link";
import { mutation } from "../use-case";

/**
 * Closes everything of a user from the next attempt on, whatever it is opened with (decisions.md 1), and ends their
 * sessions and a waiting invitation; nothing is deleted. Throws `conflict` for the caller themselves and for the last active administrator.
 */
export const suspendUser = mutation({
  name: "suspendUser",
  input: z.strictObject({ userId: z.string() }),
  stepUp: true,
  load: async (tx, { userId }, caller) => {
    const group = await findAdministrators(tx, caller.tenancyId);
    const user = await findUser(tx, userId);
    return group && user && { group, user };
  },
  authorize: (caller, { user }) => may(caller, "SuspendUser", { user }),
  lock: async (tx, { caller, input }) => {
    // The group before the user, as everywhere: two administrators could suspend each other.
    await lockAdministrators(tx, caller.tenancyId);
    await lockUser(tx, input.userId);
  },
  concerns: ({ user }) => user,
  version: ({ user }) => user.version,
  run: async (tx, { caller, loaded: { group, user } }) => {
    if (user.id === caller.userId)
      throw new AppError("conflict", "You cannot suspend yourself. Ask another administrator.");
    if (user.groups.some(({ id }) => id === group.id))
      await requireOtherAdministrator(tx, group.id, user.id);
    await endSessions(tx, user.id);
    await endLink(tx, "invitation", user.id);
    return presentUser(await updateUser(tx, user.id, { state: "suspended" }));
  },
  audit: ({ loaded: { user } }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  }),
});
