import "server-only";
import { eq } from "drizzle-orm";

import type { Tx } from "./db";
import { databaseUserNames } from "./schema/database-user-names";
import { users } from "./schema/users";
import { userColumns, type UserRow } from "./users";

/** What the check of a password asks of a user: the row alone, without what belongs to showing a person. */
export type Account = Pick<UserRow, keyof typeof columns>;

const { id, kind, name, nameKey, email, state, blockedAt, capabilities, hasSecondFactor } =
  userColumns;
const columns = {
  id,
  kind,
  name,
  nameKey,
  email,
  state,
  blockedAt,
  capabilities,
  hasSecondFactor,
};

export async function findAccount(tx: Tx, key: string): Promise<Account | undefined> {
  const [found] = await tx
    .select(columns)
    .from(users)
    .where(eq(users.nameKey, key))
    .prepare("find_account")
    .execute();
  return found;
}

/** By what they may type at a database: their user name or their alternate one. */
export async function findAccountByDatabaseName(tx: Tx, key: string): Promise<Account | undefined> {
  const [found] = await tx
    .select(columns)
    .from(databaseUserNames)
    .innerJoin(users, eq(users.id, databaseUserNames.userId))
    .where(eq(databaseUserNames.nameKey, key))
    .prepare("find_account_by_database_name")
    .execute();
  return found;
}

/** Locked until the transaction ends. */
export async function lockAccount(tx: Tx, userId: string): Promise<Account | undefined> {
  const [found] = await tx
    .select(columns)
    .from(users)
    .where(eq(users.id, userId))
    .for("update")
    .prepare("lock_account")
    .execute();
  return found;
}
