import "server-only";
import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import { updateCredentialRow } from "@/lib/data/credentials";
import { lockUser } from "@/lib/data/users";
import { livesLonger, movedExpiry } from "@/lib/domain/credentials/expiry";
import {
  type Credential,
  type CredentialView,
  presentCredential,
} from "@/lib/domain/credentials/present";
import { mayChangeCredential } from "@/lib/domain/policy";

import { requireSeen, seenVersion } from "../seen";
import { mutation } from "../use-case";
import { editedDetails } from "./edited-details";
import { kindNamed } from "./kind-named";
import { findOwnedCredential, locator } from "./locate";

/**
 * Changes what may change after issue: a name or a description, and when it expires (null for never). The secret stays
 * what it is. To let one live longer takes a fresh proof in the console. Throws `conflict` for another expiry of one
 * whose end is settled.
 */
export const updateCredential = mutation({
  name: "updateCredential",
  input: z.strictObject({
    ...locator,
    seenVersion,
    values: z.record(z.string(), z.unknown()),
    expiresAt: z.iso.datetime().nullish(),
  }),
  stepUp: ({ credential }, { expiresAt }) => livesLonger(credential, expiresAt),
  load: findOwnedCredential,
  authorize: (caller, { owner }, { kind }) => mayChangeCredential(caller, owner, kind, "update"),
  lock: (tx, { input: { ownerId } }) => lockUser(tx, ownerId),
  concerns: ({ owner }) => owner,
  version: ({ credential }) => credential.version,
  run: async (tx, { caller, input, loaded: { owner, credential, now } }) => {
    requireSeen(input.seenVersion, credential);
    const kind = kindNamed(input.kind);
    const details = await editedDetails(tx, kind, { caller, owner, credential }, input.values);
    const expiresAt = movedExpiry(credential, input.expiresAt, now);
    const changed = await updateCredentialRow(tx, owner.id, credential.id, { details, expiresAt });
    return { credential: presentCredential(kind, changed, now) };
  },
  audit: ({ loaded: { owner, credential }, input: { kind, values }, output }) => ({
    owner,
    subject: { type: "credential", id: credential.id, name: output?.credential.name ?? "" },
    details: {
      kind,
      publicId: credential.publicId,
      ...changedValues(credential, output?.credential, Object.keys(values)),
      ...changedExpiry(credential, output?.credential),
    },
  }),
});

/** Of what was sent, what is another now; nothing of it is secret. */
function changedValues(
  { kind, details }: Credential,
  after: CredentialView | undefined,
  sent: readonly string[],
) {
  const before = kindNamed(kind).readDetails(details) ?? {};
  const now = after?.details ?? {};
  const changed = sent.filter((name) => !isDeepStrictEqual(before[name], now[name]));
  const only = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.map((name) => [name, values[name]]));
  return { changed, before: only(before), after: only(now) };
}

function changedExpiry(before: Credential, after: CredentialView | undefined) {
  const isSame = after?.expiresAt === (before.expiresAt?.toISOString() ?? null);
  return after === undefined || isSame ? {} : { expiresAt: after.expiresAt };
}
