import "server-only";
import { z } from "zod";

import { listGrantedResources } from "@/lib/data/oauth-grants";
import { findUser } from "@/lib/data/users";
import { oauthClientCredential } from "@/lib/domain/credentials/oauth-client-credential/kind";
import type { GrantedScopes } from "@/lib/domain/oauth/granted-scopes";
import { mayEnterAnyAudience, mayListCredentials } from "@/lib/domain/policy";

import { query } from "../use-case";
import { oauthSettingsOf } from "./settings";

/** What the owner's groups were granted, for *Select a Resource-Scope Pair*. */
export const listGrantedScopes = query({
  name: "listGrantedScopes",
  input: z.strictObject({ ownerId: z.string() }),
  load: (tx, { ownerId }) => findUser(tx, ownerId),
  authorize: (caller, owner) => mayListCredentials(caller, owner, oauthClientCredential.id),
  run: async (tx, { caller, loaded: owner }): Promise<GrantedScopes> => ({
    resources: await listGrantedResources(tx, owner.id),
    mayEnterAnyAudience: mayEnterAnyAudience(caller, await oauthSettingsOf(tx)).allowed,
  }),
});
