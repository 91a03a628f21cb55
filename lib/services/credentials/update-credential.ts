import "server-only";
import { z } from "zod";

import { updateCredentialDetails } from "@/lib/data/credentials";
import { presentCredential } from "@/lib/domain/credentials/present";
import { mayChangeCredential } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { editedDetails } from "./edited-details";
import { kindNamed } from "./kind-named";
import { locator, lockOwnedCredential } from "./locate";

/** Changes what may change after issue: a name or a description. The secret stays what it is. */
export const updateCredential = mutation({
  name: "updateCredential",
  input: z.strictObject({ ...locator, values: z.record(z.string(), z.unknown()) }),
  stepUp: false,
  load: lockOwnedCredential,
  authorize: (caller, { owner }, { kind }) => mayChangeCredential(caller, owner, kind, "update"),
  version: ({ credential }) => credential.version,
  run: async (tx, { caller, input, loaded: { owner, credential, now } }) => {
    const kind = kindNamed(input.kind);
    const details = await editedDetails(tx, kind, { caller, owner, credential }, input.values);
    const changed = await updateCredentialDetails(tx, owner.id, credential.id, details);
    return { credential: presentCredential(kind, changed, now) };
  },
  audit: ({ loaded: { owner, credential }, input: { kind, values }, output }) => ({
    owner,
    subject: { type: "credential", id: credential.id, name: output?.credential.name ?? "" },
    details: { kind, publicId: credential.publicId, changed: Object.keys(values) },
  }),
});
