import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { insertResource } from "@/lib/data/oauth-resources";
import { makeOcid } from "@/lib/domain/ocid";
import { presentResource, resourceFields } from "@/lib/domain/oauth/resource";
import { may } from "@/lib/domain/policy";
import { random } from "@/lib/secrets/random";

import { mutation } from "../use-case";

/** Registers a service that accepts tokens. From now on only who was granted its scopes may have them. */
export const registerOauthResource = mutation({
  name: "registerOauthResource",
  input: z.strictObject(resourceFields),
  stepUp: true,
  load: async () => ({}),
  authorize: (caller) => may(caller, "ChangeOAuthResources"),
  run: async (tx, { input }) => {
    const { tenancy } = runtime();
    const id = makeOcid("oauthresource", tenancy.realm, random);
    return presentResource(await insertResource(tx, { id, tenancyId: tenancy.id, ...input }), []);
  },
  audit: ({ input, output }) => ({
    owner: null,
    subject: { type: "oauth-resource", id: output?.id ?? "", name: input.name },
    details: { audience: input.audience, scopes: input.scopes },
  }),
});
