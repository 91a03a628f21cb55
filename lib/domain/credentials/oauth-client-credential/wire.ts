import { z } from "zod";

import { maxScopes, type QualifiedScope } from "../../oauth/scopes";
import type { TypedWire } from "../wire";
import { wireDescription, wireState, wireStateOf, wireTime } from "../wire-models";

type Details = { name: string; description: string; scopes: readonly QualifiedScope[] };

const scopes = z.array(z.object({ audience: z.string(), scope: z.string() })).max(maxScopes);

const shared = {
  id: z.string(),
  compartmentId: z.string(),
  userId: z.string(),
  name: z.string(),
  description: z.string(),
  scopes,
  expiresOn: wireTime.optional(),
  ...wireState,
};

const whole = {
  name: "OAuth2ClientCredential",
  schema: z.object({ ...shared, password: z.string().optional() }),
};

export const oauthClientCredentialWire: TypedWire<Details> = {
  collection: "oauth2ClientCredentials",
  parameter: "oauth2ClientCredentialId",
  locator: "id",
  operations: {
    list: "ListOAuthClientCredentials",
    create: "CreateOAuthClientCredential",
    update: "UpdateOAuthClientCredential",
    delete: "DeleteOAuthClientCredential",
  },
  model: whole,
  updated: whole,
  summary: { name: "OAuth2ClientCredentialSummary", schema: z.object(shared) },
  createDetails: {
    name: "CreateOAuth2ClientCredentialDetails",
    schema: z.object({ name: z.string().max(100), description: wireDescription, scopes }),
  },
  updateDetails: {
    name: "UpdateOAuth2ClientCredentialDetails",
    schema: z.object({
      description: wireDescription,
      scopes,
      isResetPassword: z.boolean().nullish(),
    }),
  },
  toInput: ({ name, description, scopes: wanted }) => ({ name, description, scopes: wanted }),
  toPatch: ({ description, scopes: wanted }) => ({ description, scopes: wanted }),
  wantsNewSecret: ({ isResetPassword }) => isResetPassword === true,
  present: (view, { tenancyId, secret }) => ({
    id: view.id,
    compartmentId: tenancyId,
    userId: view.ownerId,
    name: view.details.name,
    description: view.details.description,
    scopes: view.details.scopes.map(({ audience, scope }) => ({ audience, scope })),
    ...wireStateOf(view),
    ...(view.expiresAt === null ? {} : { expiresOn: view.expiresAt }),
    ...(secret === undefined ? {} : { password: secret }),
  }),
};
