import "server-only";
import { z } from "zod";

import {
  lockUser,
  updateUser as changeUser,
  type UserChange,
  type UserRow,
} from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { every, may } from "@/lib/domain/policy";
import { databaseUserNameProblem } from "@/lib/domain/users/database-user-name";
import { emailKey } from "@/lib/domain/users/email";
import { presentUser } from "@/lib/domain/users/present";
import { userNameKey } from "@/lib/domain/users/user-name";

import { mutation } from "../use-case";
import { answerableColumns, answerableFields } from "./answerable";
import { changeableFields, optionalDatabaseUserName } from "./fields";

const input = z.strictObject({
  userId: z.string(),
  ...changeableFields,
  ...answerableFields,
  dbUserName: optionalDatabaseUserName.optional(),
});

/**
 * Changes description, e-mail address, tags, who answers for a service user, and the alternate database user name, which alone is also the owner's to
 * change. The name never changes. A new address counts as unverified. Throws `already_exists` for a taken name.
 */
export const updateUser = mutation({
  name: "updateUser",
  input,
  stepUp: true,
  load: (tx, { userId }) => lockUser(tx, userId),
  authorize: (caller, user, { userId: _userId, ...change }) =>
    every(rowsFor(change).map((row) => may(caller, row, { user }))),
  version: (user) => user.version,
  run: async (tx, { loaded: user, input: { userId, ...change } }) => {
    if (change.dbUserName !== undefined) requireFit(user, change.dbUserName);
    const { owner, deputy } = change;
    const answerable = await answerableColumns(
      tx,
      user.kind,
      { owner, deputy },
      { ownerId: user.ownerOfRecord?.id, deputyId: user.deputy?.id },
    );
    return presentUser(await changeUser(tx, userId, { ...columnsOf(change), ...answerable }));
  },
  audit: ({ loaded: user, input: { userId: _userId, ...change } }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { changed: namesOf(change) },
  }),
});

type Change = Omit<z.output<typeof input>, "userId">;

const namesOf = (change: Change) =>
  Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));

/**
 * Each kind of change asks for its own row; no change at all asks as a description does. Who answers for a service user
 * gets its mail, as an address does.
 */
function rowsFor({ email, owner, deputy, dbUserName, ...rest }: Change) {
  const isToldElsewhere = [email, owner, deputy].some((value) => value !== undefined);
  const isPlain = namesOf(rest).length > 0 || (!isToldElsewhere && dbUserName === undefined);
  return [
    ...(isPlain ? (["UpdateUser"] as const) : []),
    ...(isToldElsewhere ? (["SetUserEmail"] as const) : []),
    ...(dbUserName === undefined ? [] : (["SetDatabaseUserName"] as const)),
  ];
}

function requireFit(user: UserRow, wanted: string | null): void {
  const message = databaseUserNameProblem(user.name, wanted);
  if (message === undefined) return;
  throw new AppError("invalid_input", message, { fields: { dbUserName: message } });
}

function columnsOf({
  email,
  description,
  freeformTags,
  definedTags,
  dbUserName,
}: Change): UserChange {
  return {
    ...(description === undefined ? {} : { description }),
    ...(freeformTags === undefined ? {} : { freeformTags }),
    ...(definedTags === undefined ? {} : { definedTags }),
    ...(dbUserName === undefined
      ? {}
      : { dbUserName, dbUserNameKey: dbUserName === null ? null : userNameKey(dbUserName) }),
    ...(email === undefined
      ? {}
      : { email, emailKey: email === null ? null : emailKey(email), emailVerified: false }),
  };
}
