import { z } from "zod";

import { mintSecret } from "../../secret-format";
import { description } from "../../text";
import { defineCredentialKind } from "../kind";
import { authTokenWire, swiftPasswordWire } from "./wire";

export const authTokenDetails = z.strictObject({ description });

export const authToken = defineCredentialKind({
  id: "auth_token",
  description: {
    section: "auth-tokens",
    title: "Auth tokens",
    noun: { one: "auth token", many: "auth tokens" },
    purpose:
      "Sign in to Swift and container registries, which do not understand request signatures.",
    issueLabel: "Generate Token",
    issueTitle: "Generate Token",
    confirmLabel: "Generate Token",
    secretNoun: "token",
    fields: [
      {
        name: "description",
        label: "Description",
        hint: "What will use it, for example “swift backup”.",
        maxLength: 400,
        required: true,
      },
    ],
    editable: ["description"],
    columns: [
      { source: "description", header: "Description", format: "text" },
      { source: "id", header: "OCID", format: "public-part" },
      { source: "createdAt", header: "Created", format: "time" },
      { source: "lastUsed", header: "Last used", format: "last-used" },
      { source: "expiresAt", header: "Expires", format: "expiry" },
    ],
    deleteConsequence: "Clients that sign in with this token are refused from now on.",
  },
  capability: "canUseAuthTokens",
  maxPerUser: 2,
  secret: "hashed",
  publicIdScope: "global",
  input: z.strictObject({ description }),
  details: authTokenDetails,
  patch: z.strictObject({ description: description.optional() }),
  edit: (details, patch) => ({ description: patch.description ?? details.description }),
  rotation: { successor: "new-id", inherit: (details) => details },
  label: (details) => details.description,
  mint: (input, { random }) => ({
    details: input,
    secret: mintSecret("auth_token", random),
  }),
  wires: [authTokenWire, swiftPasswordWire],
});
