import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { findGroup, findMembership, insertMembership, lockGroup } from "@/lib/data/groups";
import { givesMoreScopes } from "@/lib/data/oauth-grants";
import { findUser } from "@/lib/data/users";
import { relatedNotFound } from "@/lib/domain/errors";
import { presentMembership } from "@/lib/domain/groups/present";
import { makeOcid } from "@/lib/domain/ocid";
import { every, may, mayPassOnScopes } from "@/lib/domain/policy";
import { random } from "@/lib/secrets/random";

import { mutation } from "../use-case";

const nobody = { id: "", name: "", groups: [] };

/** Throws `related_not_found` when user or group is not there, `already_exists` for an existing pair. */
export const addUserToGroup = mutation({
  name: "addUserToGroup",
  input: z.strictObject({ userId: z.string(), groupId: z.string() }),
  stepUp: true,
  load: async (tx, { userId, groupId }, caller) => ({
    group: await findGroup(tx, groupId),
    user: await findUser(tx, userId),
    givesMore: await givesMoreScopes(tx, groupId, caller.userId),
  }),
  // Of what is not there nothing can be asked: whoever may change some group and some user is told so.
  authorize: (caller, { user, group, givesMore }) =>
    every([
      may(caller, "AddUserToGroup", { user: user ?? nobody, group: group ?? nobody }),
      mayPassOnScopes(caller, givesMore),
    ]),
  lock: (tx, { input }) => lockGroup(tx, input.groupId),
  run: async (tx, { loaded: { user, group } }) => {
    if (!user || !group) throw relatedNotFound();
    const id = makeOcid("groupmembership", runtime().tenancy.realm, random);
    await insertMembership(tx, { id, userId: user.id, groupId: group.id });
    const made = await findMembership(tx, id);
    if (!made) throw new Error("A membership vanished in its own transaction.");
    return presentMembership(made);
  },
  audit: ({ loaded: { user, group }, input, output }) => ({
    owner: user ?? null,
    subject: { type: "membership", id: output?.id ?? "", name: group?.name ?? "" },
    details: { groupId: input.groupId, userId: input.userId },
  }),
});
