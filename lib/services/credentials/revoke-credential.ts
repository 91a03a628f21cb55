import "server-only";
import { z } from "zod";

import { lockUser } from "@/lib/data/users";
import { endReason } from "@/lib/domain/credentials/ending";
import { isInUse } from "@/lib/domain/credentials/use";
import { AppError } from "@/lib/domain/errors";
import { mayChangeCredential } from "@/lib/domain/policy";

import { recordDone } from "../audit/record";
import { mutation } from "../use-case";
import { endNote, endWhole } from "./end-whole";
import { findOwnedCredential, locator } from "./locate";

/**
 * Deletes a credential: it opens nothing from the next request on, and stays listed as ended for 90 days. In the
 * console one that was used in the last seven days also takes the word that this is known (decisions.md 9). One that was
 * replaced is retired by it.
 */
export const revokeCredential = mutation({
  name: "revokeCredential",
  input: z.strictObject({ ...locator, knowsItIsInUse: z.boolean().optional() }),
  stepUp: true,
  load: findOwnedCredential,
  authorize: (caller, { owner }, { kind }) => mayChangeCredential(caller, owner, kind, "revoke"),
  lock: (tx, { input: { ownerId } }) => lockUser(tx, ownerId),
  concerns: ({ owner }) => owner,
  version: ({ credential }) => credential.version,
  run: async (tx, { caller, input, loaded: { owner, credential, now } }) => {
    const isUsed = isInUse(credential, now.getTime());
    if (isUsed && caller.proof.type === "session" && input.knowsItIsInUse !== true) {
      throw new AppError(
        "conflict",
        "It was used in the last 7 days. Confirm that you know it is in use.",
      );
    }
    const reason = endReason(credential, "deleted");
    await endWhole(tx, credential, { reason, byName: caller.name }, (old) =>
      recordDone(tx, caller, "revokeCredential", endNote(owner, old, "retired")),
    );
    return { id: credential.id };
  },
  audit: ({ loaded: { owner, credential } }) =>
    endNote(owner, credential, endReason(credential, "deleted")),
});
