import "server-only";
import { z } from "zod";

import { findGroup, lockGroup, updateGroup as changeGroup } from "@/lib/data/groups";
import { presentGroup } from "@/lib/domain/groups/present";
import { may } from "@/lib/domain/policy";
import { definedTags, freeformTags } from "@/lib/domain/tags";
import { description } from "@/lib/domain/text";

import { mutation } from "../use-case";

export const updateGroup = mutation({
  name: "updateGroup",
  input: z.strictObject({
    groupId: z.string(),
    description: description.optional(),
    freeformTags: freeformTags.optional(),
    definedTags: definedTags.optional(),
  }),
  stepUp: true,
  load: (tx, { groupId }) => findGroup(tx, groupId),
  authorize: (caller, group) => may(caller, "UpdateGroup", { group }),
  lock: (tx, { input }) => lockGroup(tx, input.groupId),
  version: (group) => group.version,
  run: async (tx, { input: { groupId, ...change } }) => {
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    return presentGroup(await changeGroup(tx, groupId, given));
  },
  audit: ({ loaded: group, input: { groupId: _groupId, ...change } }) => ({
    owner: null,
    subject: { type: "group", id: group.id, name: group.name },
    details: { changed: Object.keys(change) },
  }),
});
