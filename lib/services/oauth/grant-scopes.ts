import "server-only";
import { z } from "zod";

import { findGroup } from "@/lib/data/groups";
import {
  listScopeGrants,
  findResource,
  lockResource,
  setScopeGrants,
} from "@/lib/data/oauth-resources";
import type { Tx } from "@/lib/data/db";
import { AppError } from "@/lib/domain/errors";
import { presentResource } from "@/lib/domain/oauth/resource";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";

type Named = { resourceId: string; groupId: string };

/** Makes these the scopes that a group's members may have of a resource; none takes all of them back. */
export const grantScopes = mutation({
  name: "grantScopes",
  input: z.strictObject({
    resourceId: z.string(),
    groupId: z.string(),
    scopes: z
      .array(z.string())
      .max(100)
      .transform((scopes) => [...new Set(scopes)]),
  }),
  stepUp: true,
  load: loadBoth,
  authorize: (caller) => may(caller, "ChangeOAuthResources"),
  lock: (tx, { input }) => lockResource(tx, input.resourceId),
  run: async (tx, { input, loaded: { resource } }) => {
    if (!input.scopes.every((scope) => resource.scopes.includes(scope)))
      throw new AppError("invalid_input", "This resource has no such scope. Read it again.");
    await setScopeGrants(tx, input);
    return presentResource(resource, await listScopeGrants(tx, resource.id));
  },
  audit: ({ loaded: { resource, group }, input: { scopes } }) => ({
    owner: null,
    subject: { type: "oauth-resource", id: resource.id, name: resource.name },
    details: { groupId: group.id, groupName: group.name, scopes },
  }),
});

async function loadBoth(tx: Tx, { resourceId, groupId }: Named) {
  const resource = await findResource(tx, resourceId);
  const group = await findGroup(tx, groupId);
  return resource && group && { resource, group };
}
