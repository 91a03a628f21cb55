import "server-only";
import { z } from "zod";

import { deleteResource, findResource, lockResource } from "@/lib/data/oauth-resources";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";

/** Deletes a resource with its grants: nobody gets a token for what was granted to them of it any more. */
export const deleteOauthResource = mutation({
  name: "deleteOauthResource",
  input: z.strictObject({ resourceId: z.string() }),
  stepUp: true,
  load: (tx, { resourceId }) => findResource(tx, resourceId),
  authorize: (caller) => may(caller, "ChangeOAuthResources"),
  lock: (tx, { input }) => lockResource(tx, input.resourceId),
  version: (resource) => resource.version,
  run: async (tx, { loaded: resource }) => {
    await deleteResource(tx, resource.id);
    return { id: resource.id };
  },
  audit: ({ loaded: resource }) => ({
    owner: null,
    subject: { type: "oauth-resource", id: resource.id, name: resource.name },
    details: { audience: resource.audience },
  }),
});
