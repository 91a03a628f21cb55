import { Hono } from "hono";

import { runtime } from "@/lib/config/runtime";
import { durations } from "@/lib/domain/durations";
import { metadataPaths, oauthPaths } from "@/lib/domain/oauth/addresses";
import { type Form, valueOf } from "@/lib/domain/oauth/form";
import { serverMetadata } from "@/lib/domain/oauth/metadata";
import { invalidRequest, OauthError } from "@/lib/domain/oauth/oauth-error";
import { introspectToken } from "@/lib/services/oauth/introspect-token";
import { issueToken } from "@/lib/services/oauth/issue-token";
import { revokeToken } from "@/lib/services/oauth/revoke-token";
import { keySet } from "@/lib/services/oauth/signing-keys";

import type { MachineEnv } from "../reply";
import { answerDocument, answerForm, type FormRequest, refuseMethod } from "./answer";

/** The token service: forms that clients post, documents that resource servers read. */
export function oauthApi(): Hono<MachineEnv> {
  const app = new Hono<MachineEnv>();
  app.post(oauthPaths.token, answerForm("oauthToken", token));
  app.post(oauthPaths.introspect, answerForm("oauthIntrospect", introspect));
  app.post(oauthPaths.revoke, answerForm("oauthRevoke", revoke));
  app.get(oauthPaths.keys, answerDocument("oauthKeys", keySet, kept));
  for (const path of metadataPaths)
    app.get(
      path,
      answerDocument("oauthMetadata", () => serverMetadata(runtime().env.url), kept),
    );
  return app;
}

/** The same addresses asked in another way, for the app of refusals. */
export function oauthRefusals(): Hono<MachineEnv> {
  const app = new Hono<MachineEnv>();
  const { keys, ...forms } = oauthPaths;
  for (const path of Object.values(forms)) app.all(path, refuseMethod("POST"));
  for (const path of [keys, ...metadataPaths]) app.all(path, refuseMethod("GET, HEAD"));
  return app;
}

const kept = { cacheSeconds: durations.keySetCache };

async function token({ form, client }: FormRequest): Promise<object> {
  requireGrantType(form);
  const issued = await issueToken(client, form.get("scope") ?? []);
  return {
    access_token: issued.token,
    token_type: "Bearer",
    expires_in: issued.lifetimeSeconds,
    scope: issued.scope,
  };
}

function requireGrantType(form: Form): void {
  const grantType = valueOf(form, "grant_type");
  if (grantType === undefined) throw invalidRequest("grant_type is missing.");
  if (grantType !== "client_credentials")
    throw new OauthError("unsupported_grant_type", "Only client_credentials is supported.");
}

async function introspect({ form, client }: FormRequest): Promise<object> {
  const claims = await introspectToken(client, tokenOf(form));
  return claims ? { active: true, token_type: "Bearer", ...claims } : { active: false };
}

async function revoke({ form, client, origin }: FormRequest): Promise<undefined> {
  await revokeToken(client, tokenOf(form), origin);
}

function tokenOf(form: Form): string {
  const found = valueOf(form, "token");
  if (found === undefined) throw invalidRequest("token is missing.");
  return found;
}
