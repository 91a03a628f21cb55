import "server-only";
import { z } from "zod";

import { insertAuditEvent } from "@/lib/data/audit";
import { endCredential, findPredecessor, retireCredential } from "@/lib/data/credentials";
import type { Tx } from "@/lib/data/db";
import { lockUser } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { futureExpiry } from "@/lib/domain/credentials/expiry";
import type { Credential } from "@/lib/domain/credentials/present";
import { overlapEnd, requireRotatable } from "@/lib/domain/credentials/rotation";
import type { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";
import { mayChangeCredential, type Named } from "@/lib/domain/policy";

import { clockEvent } from "../audit/clock-event";
import { recordDone } from "../audit/record";
import { mutation } from "../use-case";
import { editedDetails } from "./edited-details";
import { endNote } from "./end-whole";
import { requireCapability } from "./issue-credential";
import { kindNamed } from "./kind-named";
import { findOwnedCredential, locator } from "./locate";
import { keepCredential, keepSecret, makeCredential } from "./make";

const overlaps = z.enum(["now", "1h", "24h", "7d"]) satisfies z.ZodType<
  keyof typeof durations.rotationOverlaps
>;

/**
 * Replaces a credential by one with a new secret. Until the overlap is over both open, and the old one does not count
 * towards the limit; with no overlap the old one is refused from the next request on. `values` is what the new one
 * cannot take over from the old one, the public key of an API key; where the credential stays the same, it is what
 * changes along with the secret. Throws `conflict` for what cannot be rotated, and while the last rotation is not over
 * yet, unless nothing old is to live on.
 */
export const rotateCredential = mutation({
  name: "rotateCredential",
  input: z.strictObject({
    ...locator,
    overlap: overlaps,
    values: z.record(z.string(), z.unknown()).optional(),
    expiresAt: z.iso.datetime().nullish(),
  }),
  stepUp: true,
  load: findOwnedCredential,
  authorize: (caller, { owner }, { kind }) =>
    mayChangeCredential(caller, owner, kind, staysTheSame(kind) ? "update" : "issue"),
  lock: (tx, { input: { ownerId } }) => lockUser(tx, ownerId),
  concerns: ({ owner }) => owner,
  version: ({ credential }) => credential.version,
  run: async (tx, { caller, input, loaded: { owner, credential, now } }) => {
    const kind = kindNamed(input.kind);
    requireRotatable(kind, credential, now);
    requireCapability(kind, owner.capabilities);
    const until =
      input.overlap === "now" ? undefined : overlapEnd(input.overlap, credential.expiresAt, now);
    await settlePredecessor(tx, { caller, owner, credential, now, isForced: !until });
    if (staysTheSame(kind.id)) {
      const made = await makeCredential(kind, kind.successorValues(credential.details, {}));
      const details = await editedDetails(tx, kind, { caller, owner, credential }, input.values);
      return keepSecret(tx, made, { owner, credential, details, now, oldUntil: until });
    }
    const values = kind.successorValues(credential.details, input.values ?? {});
    const made = await makeCredential(kind, values);
    const expiresAt = futureExpiry(input.expiresAt, now);
    const issued = await keepCredential(tx, made, { caller, owner, expiresAt });
    if (until === undefined)
      await endCredential(tx, owner.id, credential.id, { reason: "rotated", byName: caller.name });
    else
      await retireCredential(tx, owner.id, credential.id, {
        replacedById: issued.credential.id,
        at: now,
        until,
      });
    return issued;
  },
  audit: ({ loaded: { owner, credential }, input: { kind, overlap, values }, output }) => ({
    owner,
    subject: {
      type: "credential",
      id: credential.id,
      name: kindNamed(kind).label(credential.details),
    },
    details: {
      kind,
      publicId: credential.publicId,
      overlap,
      successorId: output?.credential.id,
      successorPublicId: output?.credential.publicId,
      ...(values && staysTheSame(kind) ? { changed: Object.keys(values) } : {}),
    },
  }),
});

const staysTheSame = (kind: string) => kindNamed(kind).description.successor === "same-id";

interface Rotating {
  readonly caller: Caller;
  readonly owner: Named;
  readonly credential: Credential;
  readonly now: Date;
  /** Nothing old is to live on. */
  readonly isForced: boolean;
}

/** One predecessor at a time: what is left of the last rotation ends, or this one has to wait for it. */
async function settlePredecessor(
  tx: Tx,
  { caller, owner, credential, now, isForced }: Rotating,
): Promise<void> {
  const predecessor = await findPredecessor(tx, credential.id);
  if (!predecessor) return;
  const isOver = predecessor.retiringUntil !== null && predecessor.retiringUntil <= now;
  if (!isOver && !isForced) {
    throw new AppError(
      "conflict",
      "The one that it replaced still works. Retire that first, or let nothing old live on.",
    );
  }
  const end = { reason: "retired", byName: isOver ? null : caller.name } as const;
  await endCredential(tx, predecessor.ownerId, predecessor.id, end);
  const note = endNote(owner, predecessor, end.reason);
  if (isOver) await insertAuditEvent(tx, clockEvent("expireCredential", note));
  else await recordDone(tx, caller, "revokeCredential", note);
}
