import "server-only";
import { z } from "zod";

import { deleteGroup as removeGroup, findGroup, lockGroup } from "@/lib/data/groups";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";

/** Deletes an empty group. `Administrators` stays (product.md 2.4). */
export const deleteGroup = mutation({
  name: "deleteGroup",
  input: z.strictObject({ groupId: z.string() }),
  stepUp: true,
  load: (tx, { groupId }) => findGroup(tx, groupId),
  authorize: (caller, group) => may(caller, "DeleteGroup", { group }),
  lock: (tx, { input }) => lockGroup(tx, input.groupId),
  version: (group) => group.version,
  run: async (tx, { loaded: group }) => {
    if (group.isAdministrators)
      throw new AppError("conflict", "The group Administrators cannot be deleted.");
    await removeGroup(tx, group.id);
    return { id: group.id };
  },
  audit: ({ loaded: group }) => ({
    owner: null,
    subject: { type: "group", id: group.id, name: group.name },
  }),
});
