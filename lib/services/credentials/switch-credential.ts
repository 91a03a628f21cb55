import "server-only";
import { z } from "zod";

import { setCredentialDisabled } from "@/lib/data/credentials";
import { lockUser } from "@/lib/data/users";
import { presentCredential } from "@/lib/domain/credentials/present";
import { mayChangeCredential } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { kindNamed } from "./kind-named";
import { findOwnedCredential, locator } from "./locate";

/**
 * Disables a credential, which then opens nothing from the next request on and keeps its place, or enables it again.
 * Doing twice what was done changes nothing.
 */
export const switchCredential = mutation({
  name: "switchCredential",
  input: z.strictObject({ ...locator, isEnabled: z.boolean() }),
  stepUp: true,
  load: findOwnedCredential,
  authorize: (caller, { owner }, { kind }) => mayChangeCredential(caller, owner, kind, "update"),
  lock: (tx, { input: { ownerId } }) => lockUser(tx, ownerId),
  concerns: ({ owner }) => owner,
  version: ({ credential }) => credential.version,
  run: async (tx, { input, loaded: { owner, credential, now } }) => {
    const isDone = (credential.disabledAt === null) === input.isEnabled;
    const changed = isDone
      ? credential
      : await setCredentialDisabled(tx, owner.id, credential.id, !input.isEnabled);
    return { credential: presentCredential(kindNamed(input.kind), changed, now) };
  },
  audit: ({ loaded: { owner, credential }, input: { kind, isEnabled } }) => ({
    owner,
    subject: {
      type: "credential",
      id: credential.id,
      name: kindNamed(kind).label(credential.details),
    },
    details: { kind, publicId: credential.publicId, isEnabled },
  }),
});
