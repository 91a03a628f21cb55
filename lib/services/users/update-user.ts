import "server-only";
import { z } from "zod";

import { lockUser, updateUser as changeUser, type UserChange } from "@/lib/data/users";
import { mayAdministrate } from "@/lib/domain/policy";
import { emailKey } from "@/lib/domain/users/email";
import { presentUser } from "@/lib/domain/users/present";

import { mutation } from "../use-case";
import { changeableFields } from "./fields";

const input = z.strictObject({ userId: z.string(), ...changeableFields });

/** Changes description, e-mail address and tags. The name never changes. A new address counts as unverified. */
export const updateUser = mutation({
  name: "updateUser",
  input,
  stepUp: true,
  load: (tx, { userId }) => lockUser(tx, userId),
  authorize: (caller) => mayAdministrate(caller),
  version: (user) => user.version,
  run: async (tx, { input: { userId, ...change } }) =>
    presentUser(await changeUser(tx, userId, columnsOf(change))),
  audit: ({ loaded: user, input: { userId: _userId, ...change } }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { changed: Object.keys(columnsOf(change)) },
  }),
});

function columnsOf({
  email,
  description,
  freeformTags,
  definedTags,
}: Omit<z.output<typeof input>, "userId">): UserChange {
  return {
    ...(description === undefined ? {} : { description }),
    ...(freeformTags === undefined ? {} : { freeformTags }),
    ...(definedTags === undefined ? {} : { definedTags }),
    ...(email === undefined
      ? {}
      : { email, emailKey: email === null ? null : emailKey(email), emailVerified: false }),
  };
}
