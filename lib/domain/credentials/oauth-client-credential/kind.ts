import { z } from "zod";

import { heldScopes, joinedScope, qualifiedScopes } from "../../oauth/scopes";
import { mintSecret } from "../../secret-format";
import { description, plainText } from "../../text";
import { defineCredentialKind } from "../kind";
import { oauthClientCredentialWire } from "./wire";

const input = z.strictObject({
  name: plainText({ least: 1, most: 100 }),
  description,
  scopes: qualifiedScopes,
});

/** What is kept of one. */
export const oauthClientDetails = input.extend({ scopes: heldScopes });

function scopeTexts(stored: unknown): readonly string[] {
  return (heldScopes.safeParse(stored).data ?? []).map(joinedScope);
}

const listed = (what: string, scopes: readonly string[]) =>
  scopes.length === 0 ? "" : `${what} ${scopes.join(", ")}.`;

export const oauthClientCredential = defineCredentialKind({
  id: "oauth_client_credential",
  description: {
    section: "oauth-client-credentials",
    title: "OAuth 2.0 client credentials",
    noun: { one: "OAuth 2.0 client credential", many: "OAuth 2.0 client credentials" },
    purpose:
      "Get access tokens for services that use OAuth 2.0, such as Oracle Analytics Cloud and Oracle Integration.",
    hasPage: true,
    renewal: {
      label: "Regenerate Secret",
      warning:
        "Every program that asks for tokens with this credential needs the new secret. Tokens that it got before stay valid until they expire.",
      acknowledgement: "I know that the old secret is refused",
    },
    issueLabel: "Generate OAuth 2.0 client credential",
    issueTitle: "Generate OAuth 2.0 client credential",
    confirmLabel: "Generate",
    secretNoun: "secret",
    revealedWith: [{ source: "publicId", label: "OCID" }],
    fields: [
      {
        name: "name",
        label: "Name",
        hint: "It cannot be changed later.",
        maxLength: 100,
        required: true,
      },
      {
        name: "description",
        label: "Description",
        hint: "What will ask for tokens, for example “nightly report”.",
        maxLength: 400,
        required: true,
      },
    ],
    editable: ["description"],
    columns: [
      { source: "name", header: "Name", format: "text" },
      { source: "description", header: "Description", format: "text" },
      { source: "createdAt", header: "Created", format: "time" },
      { source: "lastUsed", header: "Last used", format: "last-used" },
      { source: "expiresAt", header: "Expires", format: "expiry" },
    ],
    deleteConsequence:
      "It gets no more tokens, and those it got are inactive for everyone who asks.",
  },
  capability: "canUseOAuth2ClientCredentials",
  maxPerUser: 10,
  notOfferedIn: ["oc1", "oc4"],
  secret: "hashed",
  publicIdScope: "global",
  input,
  details: oauthClientDetails,
  patch: z.strictObject({
    description: description.optional(),
    scopes: qualifiedScopes.optional(),
  }),
  edit: (before, patch) => ({
    ...before,
    description: patch.description ?? before.description,
    scopes: patch.scopes ?? before.scopes,
  }),
  rotation: { successor: "same-id", inherit: (before) => before },
  label: ({ name }) => name,
  changeWords: (before, after) => {
    const [had, has] = [scopeTexts(before["scopes"]), scopeTexts(after["scopes"])];
    return [
      listed(
        "Added",
        has.filter((scope) => !had.includes(scope)),
      ),
      listed(
        "Removed",
        had.filter((scope) => !has.includes(scope)),
      ),
    ]
      .filter(Boolean)
      .join(" ");
  },
  mint: (details, { random }) => ({
    details,
    secret: mintSecret("oauth_client_credential", random),
  }),
  wires: [oauthClientCredentialWire],
});
