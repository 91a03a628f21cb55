import "server-only";
import { z } from "zod";

import { endCredential } from "@/lib/data/credentials";
import { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";
import { mayManageCredentials } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { kindNamed } from "./kind-named";
import { locator, lockOwnedCredential } from "./locate";

/**
 * Deletes a credential: it opens nothing from the next request on, and stays listed as ended for 90 days. In the
 * console one that was used in the last seven days also takes the word that this is known (decisions.md 9).
 */
export const revokeCredential = mutation({
  name: "revokeCredential",
  input: z.strictObject({ ...locator, knowsItIsInUse: z.boolean().optional() }),
  stepUp: true,
  load: lockOwnedCredential,
  authorize: (caller, { owner }) => mayManageCredentials(caller, owner),
  version: ({ credential }) => credential.version,
  run: async (tx, { caller, input, loaded: { owner, credential, now } }) => {
    const isInUse =
      credential.lastUsedAt !== null &&
      now.getTime() - credential.lastUsedAt.getTime() < durations.recentUse * 1_000;
    if (isInUse && caller.proof.type === "session" && input.knowsItIsInUse !== true) {
      throw new AppError(
        "conflict",
        "It was used in the last 7 days. Confirm that you know it is in use.",
      );
    }
    await endCredential(tx, owner.id, credential.id, { reason: "deleted", byName: caller.name });
    return { id: credential.id };
  },
  audit: ({ loaded: { owner, credential }, input: { kind } }) => ({
    owner,
    subject: {
      type: "credential",
      id: credential.id,
      name: kindNamed(kind).label(credential.details),
    },
    details: { kind, publicId: credential.publicId },
  }),
});
