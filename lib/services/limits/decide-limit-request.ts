import "server-only";
import { z } from "zod";

import type { Tx } from "@/lib/data/db";
import {
  decideLimitRequest as endWaiting,
  findLimitRequest,
  saveUserLimit,
} from "@/lib/data/limits";
import { findUser, lockUser, type UserRow } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { requestNote } from "@/lib/domain/limits/request";
import { addressOf } from "@/lib/domain/mail/recipient";
import { may } from "@/lib/domain/policy";
import { limitBounds } from "@/lib/domain/limits/highest";
import { wholeNumber } from "@/lib/domain/settings/bounds";

import { kindNamed } from "../credentials/kind-named";
import { enqueueMail } from "../mail/enqueue";
import { mutation } from "../use-case";
import { usageOfKind } from "./usage";

const decision = {
  requestId: z.string(),
  /** What the user is told with the decision. */
  answer: requestNote.default(""),
};

/**
 * Grants a request with a limit of the user's own, or declines it; the user gets a mail either way. Throws `conflict`
 * for one that somebody decided meanwhile.
 */
export const decideLimitRequest = mutation({
  name: "decideLimitRequest",
  input: z.discriminatedUnion("decision", [
    z.strictObject({
      ...decision,
      decision: z.literal("grant"),
      limit: wholeNumber(limitBounds),
    }),
    z.strictObject({ ...decision, decision: z.literal("decline") }),
  ]),
  stepUp: true,
  load: async (tx, { requestId }) => {
    const request = await findLimitRequest(tx, requestId);
    return request && findUser(tx, request.userId);
  },
  authorize: (caller, user) => may(caller, "UpdateUserLimits", { user }),
  // The user before the request, as whoever asks does: the two must not wait for each other.
  lock: (tx, { loaded: user }) => lockUser(tx, user.id),
  run: async (tx, { caller, input, loaded: user }) => {
    const decided = await endWaiting(tx, input.requestId, {
      state: input.decision === "grant" ? "granted" : "declined",
      decidedByName: caller.name,
    });
    if (!decided)
      throw new AppError(
        "conflict",
        "Somebody decided this request meanwhile. Load the page again.",
      );
    const kind = kindNamed(decided.kind);
    const before = (await usageOfKind(tx, user.id, kind.id)).limit;
    if (input.decision === "grant") {
      requireMore(input.limit, before);
      await saveUserLimit(tx, user.id, kind.id, input.limit);
    }
    const { limit } = await usageOfKind(tx, user.id, kind.id);
    await tell(tx, user, {
      isGranted: input.decision === "grant",
      kind: kind.description.noun.many,
      limit,
      answer: input.answer,
      path: `/profile/${kind.description.section}`,
    });
    return { kind: kind.id, from: before, to: limit };
  },
  audit: ({ loaded: user, input, output }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: {
      kind: output?.kind,
      decision: input.decision,
      from: output?.from,
      to: output?.to,
    },
  }),
});

function requireMore(limit: number, before: number): void {
  if (limit > before) return;
  const sentence = `Enter a number above ${before}, the limit that this user has.`;
  throw new AppError("invalid_input", sentence, { fields: { limit: sentence } });
}

/** Whoever has no address reads it in *Activity*. */
async function tell(
  tx: Tx,
  user: UserRow,
  values: { isGranted: boolean; kind: string; limit: number; answer: string; path: string },
): Promise<void> {
  const recipient = addressOf(user);
  if (recipient === undefined) return;
  await enqueueMail(tx, {
    template: "limit_decided",
    userId: user.id,
    recipient,
    values: { userName: user.name, ...values },
  });
}
