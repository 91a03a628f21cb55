import { z } from "zod";

import { randomText } from "../../random";
import { mintSecret } from "../../secret-format";
import { description } from "../../text";
import { defineCredentialKind } from "../kind";
import { smtpCredentialWire } from "./wire";

/**
 * A random local part at a domain that nobody can own (`.internal`, reserved by ICANN in 2024): some mail clients
 * insist on an `@`, and many cut a user name at 64 characters.
 */
const userNameLength = 20;
const userNameDomain = "latchkey.internal";

export const smtpCredential = defineCredentialKind({
  id: "smtp_credential",
  description: {
    section: "smtp-credentials",
    title: "SMTP credentials",
    noun: { one: "SMTP credential", many: "SMTP credentials" },
    purpose:
      "Send mail through a mail server. A separate service user for sending is better than your own.",
    issueLabel: "Generate SMTP Credentials",
    issueTitle: "Generate SMTP Credentials",
    confirmLabel: "Generate SMTP Credentials",
    secretNoun: "password",
    revealedWith: [{ source: "publicId", label: "User name" }],
    limitAdvice: "A separate service user for sending has credentials of its own.",
    fields: [
      {
        name: "description",
        label: "Description",
        hint: "What will send, for example “billing reminders”.",
        maxLength: 400,
        required: true,
      },
    ],
    editable: ["description"],
    columns: [
      { source: "description", header: "Description", format: "text" },
      { source: "publicId", header: "User name", format: "public-part" },
      { source: "createdAt", header: "Created", format: "time" },
      { source: "lastUsed", header: "Last used", format: "last-used" },
      { source: "expiresAt", header: "Expires", format: "expiry" },
    ],
    deleteConsequence: "Programs that send mail with it are refused from now on.",
  },
  capability: "canUseSmtpCredentials",
  maxPerUser: 2,
  secret: "hashed",
  publicIdScope: "global",
  input: z.strictObject({ description }),
  details: z.strictObject({ description }),
  patch: z.strictObject({ description: description.optional() }),
  edit: (details, patch) => ({ description: patch.description ?? details.description }),
  rotation: { successor: "new-id", inherit: (details) => details },
  label: (details) => details.description,
  mint: (input, { random }) => ({
    publicId: `${randomText(userNameLength, "abcdefghijklmnopqrstuvwxyz234567", random)}@${userNameDomain}`,
    details: input,
    secret: mintSecret("smtp_credential", random),
  }),
  wires: [smtpCredentialWire],
});
