"use server";

import { deleteOauthResource } from "@/lib/services/oauth/delete-resource";
import { grantScopes } from "@/lib/services/oauth/grant-scopes";
import { registerOauthResource } from "@/lib/services/oauth/register-resource";
import { updateOauthResource } from "@/lib/services/oauth/update-resource";

import { action } from "./action";

export const registerOauthResourceAction = action(registerOauthResource);
export const updateOauthResourceAction = action(updateOauthResource);
export const deleteOauthResourceAction = action(deleteOauthResource);
export const grantScopesAction = action(grantScopes);
