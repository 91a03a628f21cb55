import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { insertGroup } from "@/lib/data/groups";
import { groupName } from "@/lib/domain/groups/group-name";
import { presentGroup } from "@/lib/domain/groups/present";
import { makeOcid } from "@/lib/domain/ocid";
import { may } from "@/lib/domain/policy";
import { definedTags, freeformTags } from "@/lib/domain/tags";
import { description } from "@/lib/domain/text";
import { random } from "@/lib/secrets/random";

import { mutation } from "../use-case";

/** Creates a group. Throws `already_exists` for a taken name, whatever its case. */
export const createGroup = mutation({
  name: "createGroup",
  input: z.strictObject({
    name: groupName,
    description,
    freeformTags: freeformTags.optional(),
    definedTags: definedTags.optional(),
  }),
  stepUp: true,
  load: async () => ({}),
  authorize: (caller) => may(caller, "CreateGroup"),
  run: async (tx, { input }) => {
    const { tenancy } = runtime();
    const group = await insertGroup(tx, {
      id: makeOcid("group", tenancy.realm, random),
      tenancyId: tenancy.id,
      name: input.name,
      description: input.description,
      freeformTags: input.freeformTags ?? {},
      definedTags: input.definedTags ?? {},
    });
    return presentGroup(group);
  },
  audit: ({ input, output }) => ({
    owner: null,
    subject: { type: "group", id: output?.id ?? "", name: input.name },
  }),
});
