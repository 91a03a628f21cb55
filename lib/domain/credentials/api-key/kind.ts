import { z } from "zod";

import { plainText } from "../../text";
import { defineCredentialKind } from "../kind";
import { apiKeyWire } from "./wire";

const name = plainText({ least: 1, most: 100 });

export const apiKeyDetails = z.strictObject({
  name: z.string(),
  publicKey: z.string(),
  sha256: z.string(),
  bits: z.int(),
});

export const apiKey = defineCredentialKind({
  id: "api_key",
  description: {
    section: "api-keys",
    title: "API keys",
    noun: { one: "API key", many: "API keys" },
    purpose: "Sign requests from the CLI, SDKs and Terraform.",
    issueLabel: "Add API Key",
    issueTitle: "Add API Key",
    confirmLabel: "Add",
    fields: [
      {
        name: "name",
        label: "Name",
        hint: "Where the private key lives, for example “laptop”.",
        maxLength: 100,
        required: true,
      },
    ],
    editable: ["name"],
    columns: [
      { source: "name", header: "Name", format: "text" },
      { source: "publicId", header: "Fingerprint", format: "public-part" },
      { source: "createdAt", header: "Created", format: "time" },
      { source: "lastUsed", header: "Last used", format: "last-used" },
      { source: "expiresAt", header: "Expires", format: "expiry" },
    ],
    deleteConsequence: "Requests signed with this key are refused from now on.",
  },
  capability: "canUseApiKeys",
  maxPerUser: 3,
  secret: "none",
  publicIdScope: "owner",
  input: z.strictObject({ name: name.optional(), key: z.string() }),
  details: apiKeyDetails,
  patch: z.strictObject({ name: name.optional() }),
  edit: (details, patch) => ({ ...details, name: patch.name ?? details.name }),
  rotation: { successor: "new-id", inherit: ({ name: given }) => ({ name: given }) },
  label: (details) => details.name,
  mint: ({ name: given, key }, { parsePublicKey }) => {
    const { pem, fingerprint, sha256, bits } = parsePublicKey(key);
    return {
      publicId: fingerprint,
      details: { name: given ?? nameFromFingerprint(fingerprint), publicKey: pem, sha256, bits },
    };
  },
  wires: [apiKeyWire],
});

/** The Identity API sends no name: the first four bytes of the fingerprint tell keys apart. */
function nameFromFingerprint(fingerprint: string): string {
  return `key ${fingerprint.slice(0, 11)}`;
}
