import "server-only";
import { z } from "zod";

import { listResources, listScopeGrants } from "@/lib/data/oauth-resources";
import { presentResource } from "@/lib/domain/oauth/resource";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** The registered resources with who was granted what. */
export const listOauthResources = query({
  name: "listOauthResources",
  input: z.strictObject({}),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadOAuthResources"),
  run: async (tx, { caller }) => {
    const [resources, grants] = await Promise.all([
      listResources(tx, caller.tenancyId),
      listScopeGrants(tx),
    ]);
    return resources.map((resource) => presentResource(resource, grants));
  },
});
