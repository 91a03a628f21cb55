import "server-only";
import { z } from "zod";

import { saveUserLimit } from "@/lib/data/limits";
import { findUser, lockUser } from "@/lib/data/users";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { may } from "@/lib/domain/policy";
import { limitBounds } from "@/lib/domain/limits/highest";
import { wholeNumber } from "@/lib/domain/settings/bounds";

import { mutation } from "../use-case";
import { usageOf } from "./usage";

const limits = z.strictObject(
  Object.fromEntries(
    credentialKinds.map(({ id }) => [id, wholeNumber(limitBounds).nullable().optional()]),
  ),
);

/**
 * Gives a user limits of their own, or with null the tenancy's again; a kind that is not named keeps its limit. Whoever
 * has more than a lower limit keeps what they have.
 */
export const setUserLimits = mutation({
  name: "setUserLimits",
  input: z.strictObject({ userId: z.string(), limits }),
  stepUp: true,
  load: async (tx, { userId }) => {
    const user = await findUser(tx, userId);
    return user && { user, before: await usageOf(tx, user.id) };
  },
  authorize: (caller, { user }) => may(caller, "UpdateUserLimits", { user }),
  concerns: ({ user }) => user,
  lock: (tx, { input }) => lockUser(tx, input.userId),
  run: async (tx, { input, loaded: { user } }) => {
    for (const [kind, most] of Object.entries(input.limits))
      if (most !== undefined) await saveUserLimit(tx, user.id, kind, most);
    return { userId: user.id, usage: await usageOf(tx, user.id) };
  },
  audit: ({ loaded: { user, before }, output }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: {
      limits: Object.fromEntries(
        Object.entries(output?.usage ?? {})
          .filter(([kind, { limit }]) => before[kind]?.limit !== limit)
          .map(([kind, { limit }]) => [kind, { from: before[kind]?.limit, to: limit }]),
      ),
    },
  }),
});
