import { z } from "zod";

import { randomText } from "../../random";
import { mintSecret } from "../../secret-format";
import { plainText } from "../../text";
import { defineCredentialKind } from "../kind";
import { customerSecretKeyWire } from "./wire";

/** OCI's specification accepts an empty name. */
const name = plainText({ least: 0, most: 200 });

/** Lower case, because public identifiers are; 160 random bits, as many as Oracle's access keys show. */
const accessKeyLength = 40;

export const customerSecretKey = defineCredentialKind({
  id: "customer_secret_key",
  description: {
    section: "customer-secret-keys",
    title: "Customer secret keys",
    noun: { one: "customer secret key", many: "customer secret keys" },
    purpose: "Use object storage with tools that speak the Amazon S3 API.",
    issueLabel: "Generate Secret Key",
    issueTitle: "Generate Secret Key",
    confirmLabel: "Generate Secret Key",
    secretNoun: "secret key",
    revealedWith: [{ source: "publicId", label: "Access key" }],
    fields: [
      {
        name: "name",
        label: "Name",
        hint: "What will use it, for example “nightly rclone”.",
        maxLength: 200,
        required: true,
      },
    ],
    editable: ["name"],
    columns: [
      { source: "name", header: "Name", format: "text" },
      { source: "publicId", header: "Access key", format: "public-part", canShow: true },
      { source: "createdAt", header: "Created", format: "time" },
      { source: "lastUsed", header: "Last used", format: "last-used" },
      { source: "expiresAt", header: "Expires", format: "expiry" },
    ],
    deleteConsequence: "Requests that are signed with this key are refused from now on.",
  },
  capability: "canUseCustomerSecretKeys",
  maxPerUser: 2,
  // A signature can only be checked with the secret itself, so it is kept encrypted instead of hashed.
  secret: "sealed",
  publicIdScope: "global",
  input: z.strictObject({ name }),
  details: z.strictObject({ name }),
  patch: z.strictObject({ name: name.optional() }),
  edit: (details, patch) => ({ name: patch.name ?? details.name }),
  rotation: { successor: "new-id", inherit: (details) => details },
  label: (details) => details.name,
  mint: (input, { random }) => ({
    publicId: randomText(accessKeyLength, "0123456789abcdef", random),
    details: input,
    secret: mintSecret("customer_secret_key", random),
  }),
  wires: [customerSecretKeyWire],
});
