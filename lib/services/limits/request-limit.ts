import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { saveLimitRequest } from "@/lib/data/limits";
import { lockUser } from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { makeOcid } from "@/lib/domain/ocid";
import { isSelf } from "@/lib/domain/policy";
import { highestLimitSentence, isHighestLimit } from "@/lib/domain/limits/highest";
import { requestNote } from "@/lib/domain/limits/request";
import { random } from "@/lib/secrets/random";

import { kindNamed } from "../credentials/kind-named";
import { mutation } from "../use-case";
import { usageOfKind } from "./usage";

/**
 * Asks the administrators for more of a kind than one may have; with a note, why. Asking again only changes the note.
 * Throws `conflict` where there is room, and where nobody may have more.
 */
export const requestLimit = mutation({
  name: "requestLimit",
  input: z.strictObject({ kind: z.string(), note: requestNote.default("") }),
  stepUp: false,
  load: (tx, _input, caller) => lockUser(tx, caller.userId),
  authorize: isSelf,
  run: async (tx, { input, loaded: user }) => {
    const kind = kindNamed(input.kind);
    const { used, limit } = await usageOfKind(tx, user.id, kind.id);
    if (used < limit)
      throw new AppError("conflict", `You have ${used} of ${limit}: there is room for another.`);
    if (isHighestLimit(limit))
      throw new AppError("conflict", highestLimitSentence(kind.description.noun));
    const id = makeOcid("limitrequest", runtime().tenancy.realm, random);
    const isNew = await saveLimitRequest(tx, {
      id,
      userId: user.id,
      kind: kind.id,
      note: input.note,
    });
    return { isNew, limit };
  },
  audit: ({ loaded: user, input: { kind }, output }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { kind, limit: output?.limit },
  }),
});
