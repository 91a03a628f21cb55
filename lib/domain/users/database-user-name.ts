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

interface Names {
  readonly name: string;
  readonly dbUserName: string | null;
}
