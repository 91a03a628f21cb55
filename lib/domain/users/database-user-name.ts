import { userNameKey } from "./user-name";

/** PostgreSQL, Oracle and their drivers take less than this (console-facts.md 2). */
const tooManyBytes = 128;

/**
 * What somebody types as user name when they sign in to a database: the alternate name, else the user name; undefined
 * for whoever needs an alternate one first, because their user name is too long for a database.
 */
export function databaseUserNameOf({ name, dbUserName }: Names): string | undefined {
  if (dbUserName !== null) return dbUserName;
  return new TextEncoder().encode(name).length < tooManyBytes ? name : undefined;
}

/** Why somebody cannot have this alternate name, or go without one; undefined when they can. */
export function databaseUserNameProblem(name: string, wanted: string | null): string | undefined {
  if (wanted === null) {
    return databaseUserNameOf({ name, dbUserName: null }) === undefined
      ? "The user name is too long for a database: change the database user name, do not take it away."
      : undefined;
  }
  return userNameKey(wanted) === userNameKey(name)
    ? "This is the user name already, and works without being entered here."
    : undefined;
}

interface Names {
  readonly name: string;
  readonly dbUserName: string | null;
}
