import "server-only";
import { z } from "zod";

import {
  listScopeGrants,
  findResource,
  lockResource,
  updateResource,
} from "@/lib/data/oauth-resources";
import { presentResource, resourceFields } from "@/lib/domain/oauth/resource";
import { may } from "@/lib/domain/policy";

import { requireSeen, seenVersion } from "../seen";
import { mutation } from "../use-case";

/** Changes what a resource is called, its audience or its scopes. Grants of scopes that it loses end. */
export const updateOauthResource = mutation({
  name: "updateOauthResource",
  input: z.strictObject({ resourceId: z.string(), seenVersion, ...resourceFields }),
  stepUp: true,
  load: (tx, { resourceId }) => findResource(tx, resourceId),
  authorize: (caller) => may(caller, "ChangeOAuthResources"),
  lock: (tx, { input }) => lockResource(tx, input.resourceId),
  version: (resource) => resource.version,
  run: async (tx, { loaded, input: { resourceId, seenVersion: seen, ...change } }) => {
    requireSeen(seen, loaded);
    const changed = await updateResource(tx, resourceId, change);
    return presentResource(changed, await listScopeGrants(tx, resourceId));
  },
  audit: ({ loaded: resource, input: { name, audience, scopes } }) => ({
    owner: null,
    subject: { type: "oauth-resource", id: resource.id, name },
    details: { audience, scopes, formerAudience: resource.audience, formerScopes: resource.scopes },
  }),
});
