import "server-only";
import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import {
  findUser,
  lockUser,
  updateUser as changeUser,
  type UserChange,
  type UserRow,
} from "@/lib/data/users";
import { AppError } from "@/lib/domain/errors";
import { every, may } from "@/lib/domain/policy";
import { description } from "@/lib/domain/text";
import { databaseUserNameProblem } from "@/lib/domain/users/database-user-name";
import { presentUser } from "@/lib/domain/users/present";
import { userNameKey } from "@/lib/domain/users/user-name";

import { addressColumns, afterAddressChange } from "../email-confirmations/change-address";
import { endLink } from "../mailed-links/send-link";
import { mutation } from "../use-case";
import { answerableColumns, answerableFields, holdAnswerable } from "./answerable";
import { changeableFields, optionalDatabaseUserName } from "./fields";

const input = z.strictObject({
  userId: z.string(),
  ...changeableFields,
  ...answerableFields,
  dbUserName: optionalDatabaseUserName.optional(),
  dbUserDescription: description.optional(),
  /** What the writer has read of what is replaced whole: a form cannot send `if-match`. */
  seen: z
    .strictObject({
      freeformTags: z.record(z.string(), z.unknown()),
      definedTags: z.record(z.string(), z.unknown()),
      dbUserName: z.string().nullable(),
      dbUserDescription: z.string(),
    })
    .partial()
    .optional(),
});

/**
 * Changes description, e-mail address, tags, who answers for a service user, and the alternate database user name
 * with its description, which alone are also the owner's to change. The name never changes. A new address is mailed a link to confirm it. What stays as
 * it is asks for nothing: a form sends all of its fields. Throws `already_exists` for a taken name.
 */
export const updateUser = mutation({
  name: "updateUser",
  input,
  stepUp: true,
  load: async (tx, { userId, seen: _seen, ...given }) => {
    const user = await findUser(tx, userId);
    return user && { user, change: unlike(user, given) };
  },
  authorize: (caller, { user, change }, { userId: _userId, seen: _seen, ...given }) =>
    every(rowsFor(change, given).map((row) => may(caller, row, { user }))),
  lock: async (tx, { input }) => {
    await holdAnswerable(tx, input);
    await lockUser(tx, input.userId);
  },
  // Words and tags are nothing that a person has to be told of.
  concerns: ({ user, change: { email, owner, deputy, dbUserName } }) =>
    namesOf({ email, owner, deputy, dbUserName }).length > 0 ? user : undefined,
  version: ({ user }) => user.version,
  run: async (tx, { caller, loaded: { user, change }, input: { seen } }) => {
    requireSeen(user, change, seen);
    if (change.dbUserName !== undefined) requireFit(user, change.dbUserName);
    requireDescribed(user, change);
    const { owner, deputy } = change;
    const answerable = await answerableColumns(
      tx,
      user.kind,
      { owner, deputy },
      { ownerId: user.ownerOfRecord?.id, deputyId: user.deputy?.id },
    );
    const { email } = change;
    const address = email === undefined ? {} : addressColumns(user, email);
    const columns = { ...columnsOf(change), ...address, ...answerable };
    const changed = await changeUser(tx, user.id, columns);
    if (email !== undefined) {
      await endLink(tx, "invitation", user.id);
      await afterAddressChange(tx, {
        former: user,
        changed,
        isOwn: caller.userId === user.id,
      });
    }
    return presentUser(changed);
  },
  audit: ({ loaded: { user, change } }) => ({
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
    details: { changed: namesOf(change) },
  }),
});

type Change = Omit<z.output<typeof input>, "userId" | "seen">;

const namesOf = (change: Change) =>
  Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));

/** What of it is not so already. */
function unlike(user: UserRow, given: Change): Change {
  return {
    description: unless(given.description === user.description, given.description),
    email: unless(given.email === user.email, given.email),
    freeformTags: unless(
      isDeepStrictEqual(given.freeformTags, user.freeformTags),
      given.freeformTags,
    ),
    definedTags: unless(isDeepStrictEqual(given.definedTags, user.definedTags), given.definedTags),
    owner: unless(isNamed(user.ownerOfRecord, given.owner), given.owner),
    deputy: unless(isNamed(user.deputy, given.deputy), given.deputy),
    dbUserName: unless(given.dbUserName === user.dbUserName, given.dbUserName),
    dbUserDescription: unless(
      given.dbUserDescription === user.dbUserDescription,
      given.dbUserDescription,
    ),
  };
}

const unless = <Value>(isSame: boolean, value: Value) => (isSame ? undefined : value);

const isNamed = (person: { name: string } | null, name: string | null | undefined) =>
  typeof name === "string"
    ? person !== null && userNameKey(person.name) === userNameKey(name)
    : person === name;

/**
 * Each kind of change asks for its own row; no change at all asks as one of the description does, or as the one thing
 * that was given. Who answers for a service user gets its mail, as an address does.
 */
function rowsFor(change: Change, given: Change) {
  const { email, owner, deputy, dbUserName, dbUserDescription, ...rest } = change;
  const isToldElsewhere = [email, owner, deputy].some((value) => value !== undefined);
  const isDatabaseName = [dbUserName, dbUserDescription].some((value) => value !== undefined);
  const isNothing = !isToldElsewhere && !isDatabaseName && namesOf(rest).length === 0;
  if (isNothing)
    return namesOf(given).length > 0 && namesOf(given).every(isOfDatabaseName)
      ? (["SetDatabaseUserName"] as const)
      : (["UpdateUser"] as const);
  return [
    ...(namesOf(rest).length > 0 ? (["UpdateUser"] as const) : []),
    ...(isToldElsewhere ? (["SetUserEmail"] as const) : []),
    ...(isDatabaseName ? (["SetDatabaseUserName"] as const) : []),
  ];
}

const isOfDatabaseName = (name: string) => name === "dbUserName" || name === "dbUserDescription";

/** Asks only about what would be replaced: an answer that was lost leaves nothing to do, and nobody else has done it. */
function requireSeen(
  user: UserRow,
  change: Change,
  seen: z.output<typeof input>["seen"] = {},
): void {
  const isSeen = (name: "freeformTags" | "definedTags" | "dbUserName" | "dbUserDescription") =>
    change[name] === undefined ||
    seen[name] === undefined ||
    isDeepStrictEqual(seen[name], user[name]);
  if (!isSeen("freeformTags") || !isSeen("definedTags"))
    throw new AppError(
      "stale",
      "Somebody has changed these tags meanwhile. Open them anew and repeat your change.",
    );
  if (!isSeen("dbUserName"))
    throw new AppError(
      "stale",
      user.dbUserName === null
        ? "Somebody has deleted the database user name meanwhile. Open this anew to create one."
        : `Somebody has made “${user.dbUserName}” the database user name meanwhile. Open this anew to change that one.`,
    );
  if (!isSeen("dbUserDescription"))
    throw new AppError(
      "stale",
      "Somebody has changed the description meanwhile. Open this anew to change it.",
    );
}

/** A description is of the alternate name, and goes with it. */
function requireDescribed(user: UserRow, { dbUserName, dbUserDescription = "" }: Change): void {
  const name = dbUserName === undefined ? user.dbUserName : dbUserName;
  if (name !== null || dbUserDescription === "") return;
  const message = "There is no database user name to describe.";
  throw new AppError("invalid_input", message, { fields: { dbUserDescription: message } });
}

function requireFit(user: UserRow, wanted: string | null): void {
  const message = databaseUserNameProblem(user.name, wanted);
  if (message === undefined) return;
  throw new AppError("invalid_input", message, { fields: { dbUserName: message } });
}

function columnsOf(change: Change): UserChange {
  const { description, freeformTags, definedTags, dbUserName, dbUserDescription } = change;
  return {
    ...(dbUserDescription === undefined ? {} : { dbUserDescription }),
    ...(dbUserName === null ? { dbUserDescription: "" } : {}),
    ...(description === undefined ? {} : { description }),
    ...(freeformTags === undefined ? {} : { freeformTags }),
    ...(definedTags === undefined ? {} : { definedTags }),
    ...(dbUserName === undefined
      ? {}
      : { dbUserName, dbUserNameKey: dbUserName === null ? null : userNameKey(dbUserName) }),
  };
}
