import "server-only";
import { z } from "zod";

import { deleteMembership, findGroup, findMembership, lockGroup } from "@/lib/data/groups";
import { findUser } from "@/lib/data/users";
import { notFound } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { requireOtherAdministrator } from "./keep-administrators";

/** Takes a user out of a group. `Administrators` keeps at least one member who can act: throws `conflict`. */
export const removeUserFromGroup = mutation({
  name: "removeUserFromGroup",
  input: z.strictObject({ membershipId: z.string() }),
  stepUp: true,
  load: async (tx, { membershipId }) => {
    const membership = await findMembership(tx, membershipId);
    if (!membership) return undefined;
    const group = await findGroup(tx, membership.groupId);
    const user = await findUser(tx, membership.userId);
    return group && user && { membership, group, user };
  },
  authorize: (caller, { user, group }) => may(caller, "RemoveUserFromGroup", { user, group }),
  lock: (tx, { loaded: { group } }) => lockGroup(tx, group.id),
  /** A membership is made and ended, never changed. */
  version: () => 1,
  run: async (tx, { loaded: { membership, group } }) => {
    if (group.isAdministrators) await requireOtherAdministrator(tx, group.id, membership.userId);
    if (!(await deleteMembership(tx, membership.id))) throw notFound();
    return { id: membership.id };
  },
  audit: ({ loaded: { membership } }) => ({
    owner: { id: membership.userId, name: membership.userName },
    subject: { type: "membership", id: membership.id, name: membership.groupName },
    details: { groupId: membership.groupId },
  }),
});
