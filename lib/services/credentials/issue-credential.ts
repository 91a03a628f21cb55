import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { databaseTime, reading } from "@/lib/data/db";
import { findUser, lockUser } from "@/lib/data/users";
import { futureExpiry } from "@/lib/domain/credentials/expiry";
import { type CredentialKind, notOfferedSentence } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";
import { highestLimitSentence, isHighestLimit } from "@/lib/domain/limits/highest";
import { mayChangeCredential } from "@/lib/domain/policy";
import { capabilityLabels, storedCapabilities } from "@/lib/domain/users/capabilities";

import { type KindUsage, usageOfKind } from "../limits/usage";
import { mutation } from "../use-case";
import { kindNamed } from "./kind-named";
import { keepCredential, makeCredential } from "./make";

const input = z.strictObject({
  ownerId: z.string(),
  kind: z.string(),
  values: z.record(z.string(), z.unknown()),
  expiresAt: z.iso.datetime().nullish(),
});

/**
 * Issues a credential of the given kind to its owner. The secret is in the result and nowhere else; only its verifier
 * is stored. Throws `limit_reached`, `already_exists`, `invalid_key`, `invalid_input` (also when the capability is off).
 */
export const issueCredential = mutation({
  name: "issueCredential",
  input,
  stepUp: true,
  prepare: async ({ kind, values, expiresAt }) => ({
    made: await makeCredential(kindNamed(kind), values),
    expiresAt: futureExpiry(expiresAt, await reading(databaseTime)),
  }),
  load: (tx, { ownerId }) => findUser(tx, ownerId),
  authorize: (caller, owner, { kind }) => mayChangeCredential(caller, owner, kind, "issue"),
  lock: (tx, { input: { ownerId } }) => lockUser(tx, ownerId),
  concerns: (owner) => owner,
  run: async (tx, { caller, loaded: owner, prepared: { made, expiresAt } }) => {
    const { kind } = made;
    requireOffer(kind);
    requireCapability(kind, owner.capabilities);
    requireFreeSlot(kind, await usageOfKind(tx, owner.id, kind.id), caller.userId === owner.id);
    return keepCredential(tx, made, { caller, owner, expiresAt });
  },
  audit: ({ loaded: owner, input: { kind }, output }) => ({
    owner,
    subject: output
      ? { type: "credential", id: output.credential.id, name: output.credential.name }
      : null,
    details: { kind, publicId: output?.credential.publicId },
  }),
});

function requireOffer(kind: CredentialKind): void {
  const { realm } = runtime().tenancy;
  if (kind.isOfferedIn(realm)) return;
  throw new AppError("invalid_input", notOfferedSentence(kind.description, realm));
}

/** Throws `invalid_input` when the owner may have none of the kind. */
export function requireCapability(kind: CredentialKind, capabilities: unknown): void {
  if (storedCapabilities.parse(capabilities)[kind.capability]) return;
  throw new AppError(
    "invalid_input",
    `The capability “${capabilityLabels[kind.capability]}” is off for this user. An administrator can switch it on.`,
  );
}

function requireFreeSlot(
  { description: { noun, title, limitAdvice } }: CredentialKind,
  { used, limit }: KindUsage,
  isOwn: boolean,
): void {
  if (used < limit) return;
  const whose = isOwn ? "You already have" : "This user already has";
  const sentences = [
    `${whose} ${used} ${used === 1 ? noun.one : noun.many}, and ${limit} ${limit === 1 ? "is" : "are"} allowed.`,
    isHighestLimit(limit) ? highestLimitSentence(noun) : wayToMore(title, isOwn),
    ...(limitAdvice === undefined ? [] : [limitAdvice]),
  ];
  throw new AppError("limit_reached", sentences.join(" "));
}

function wayToMore(title: string, isOwn: boolean): string {
  return isOwn
    ? `Delete one to make another, or request a higher limit in the console, under “${title}” of your profile.`
    : "Delete one to make another, or give this user a higher limit with “Edit limits”.";
}
