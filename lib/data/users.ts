import "server-only";
import { and, asc, eq, ne, or, sql } from "drizzle-orm";

import type { UserKind, UserState } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";

import type { Tx } from "./db";
import { invitationOfUser } from "./invitations";
import { violatedConstraint } from "./problems";
import { groups, memberships } from "./schema/groups";
import { tenancies } from "./schema/tenancies";
import { users } from "./schema/users";

/** Somebody else's name and address, as part of a statement about the row of `users` that names them. */
const personBehind = (column: "owner_id" | "deputy_id") =>
  sql<Answerable | null>`(select jsonb_build_object('id', o.id, 'name', o.name, 'email', coalesce(o.proven_email, o.email))
    from users o where o.id = "users".${sql.raw(`"${column}"`)})`;

export const userColumns = {
  id: users.id,
  tenancyId: users.tenancyId,
  kind: users.kind,
  name: users.name,
  nameKey: users.nameKey,
  description: users.description,
  email: users.email,
  emailVerified: users.emailVerified,
  provenEmail: users.provenEmail,
  state: users.state,
  blockedAt: users.blockedAt,
  dbUserName: users.dbUserName,
  dbUserDescription: users.dbUserDescription,
  identityProviderId: users.identityProviderId,
  externalIdentifier: users.externalIdentifier,
  ownerOfRecord: personBehind("owner_id"),
  deputy: personBehind("deputy_id"),
  invitation: invitationOfUser,
  capabilities: users.capabilities,
  hasSecondFactor: users.hasSecondFactor,
  freeformTags: users.freeformTags,
  definedTags: users.definedTags,
  lastSignInAt: users.lastSignInAt,
  previousSignInAt: users.previousSignInAt,
  version: users.version,
  createdAt: users.createdAt,
};

/** Who answers for a service user. */
export interface Answerable {
  id: string;
  name: string;
  email: string | null;
}

/** A user's row. Holds no verifier: passwords have tables of their own. */
export interface UserRow {
  id: string;
  tenancyId: string;
  kind: UserKind;
  name: string;
  nameKey: string;
  description: string;
  email: string | null;
  emailVerified: boolean;
  provenEmail: string | null;
  state: UserState;
  blockedAt: Date | null;
  dbUserName: string | null;
  dbUserDescription: string;
  identityProviderId: string | null;
  externalIdentifier: string | null;
  ownerOfRecord: Answerable | null;
  deputy: Answerable | null;
  /** Unused, and sent to the address that the user has. */
  invitation: { expiresAt: string; isExpired: boolean } | null;
  capabilities: unknown;
  hasSecondFactor: boolean;
  freeformTags: unknown;
  definedTags: unknown;
  lastSignInAt: Date | null;
  previousSignInAt: Date | null;
  version: number;
  createdAt: Date;
}

/** A group that a user is in. */
export interface MemberOf {
  readonly id: string;
  readonly name: string;
}

/** A user with the groups they are in: who may act upon them depends on what these hold. */
export type UserWithGroups = UserRow & { readonly groups: readonly MemberOf[] };

/** The groups of the row of `users` that a statement is about, as part of that statement. */
export const groupsOfUser = sql<MemberOf[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.id)
  from memberships m join groups g on g.id = m.group_id where m.user_id = "users"."id"), '[]')`;

const withGroups = { ...userColumns, groups: groupsOfUser };

export async function findUser(tx: Tx, id: string): Promise<UserWithGroups | undefined> {
  const [user] = await tx.select(withGroups).from(users).where(eq(users.id, id));
  return user;
}

/** The groups of a user, and the version of the policies that say what these may do; one statement. */
export async function findStanding(
  tx: Tx,
  id: string,
): Promise<{ groups: readonly MemberOf[]; policiesVersion: number } | undefined> {
  const [found] = await tx
    .select({ groups: groupsOfUser, policiesVersion: tenancies.policiesVersion })
    .from(users)
    .innerJoin(tenancies, eq(tenancies.id, users.tenancyId))
    .where(eq(users.id, id));
  return found;
}

/** The user's row, locked until the transaction ends: limits are counted under this lock. */
export async function lockUser(tx: Tx, id: string): Promise<UserWithGroups | undefined> {
  const [user] = await tx
    .select(withGroups)
    .from(users)
    .where(eq(users.id, id))
    .for("update", { of: users });
  return user;
}

/** The same, or undefined when somebody else holds the lock: for work that can come by again. */
export async function lockUserUnlessBusy(tx: Tx, id: string): Promise<UserRow | undefined> {
  const [user] = await tx
    .select(userColumns)
    .from(users)
    .where(eq(users.id, id))
    .for("update", { skipLocked: true });
  return user;
}

/** The service users that somebody answers for, as owner or as deputy, by name. */
export async function listAnsweredFor(
  tx: Tx,
  userId: string,
  most: number,
): Promise<{ name: string; isOwner: boolean }[]> {
  const rows = await tx
    .select({ name: users.name, ownerId: users.ownerId })
    .from(users)
    .where(or(eq(users.ownerId, userId), eq(users.deputyId, userId)))
    .orderBy(asc(users.nameKey))
    .limit(most);
  return rows.map(({ name, ownerId }) => ({ name, isOwner: ownerId === userId }));
}

export async function findUserByNameKey(tx: Tx, nameKey: string): Promise<UserRow | undefined> {
  const [user] = await tx.select(userColumns).from(users).where(eq(users.nameKey, nameKey));
  return user;
}

/**
 * A person, kept from being deleted until the transaction ends: a reference to them holds. Service users are left alone:
 * two that name each other would wait for each other.
 */
export async function holdPersonByNameKey(tx: Tx, nameKey: string): Promise<UserRow | undefined> {
  const [user] = await tx
    .select(userColumns)
    .from(users)
    .where(and(eq(users.nameKey, nameKey), ne(users.kind, "service")))
    .for("key share", { of: users });
  return user;
}

type NewUser = Pick<
  UserRow,
  "id" | "tenancyId" | "kind" | "name" | "nameKey" | "description" | "email" | "capabilities"
> & {
  emailKey: string | null;
  freeformTags: Record<string, unknown>;
  definedTags: Record<string, unknown>;
  createdBy: string | null;
  ownerId?: string | null;
  deputyId?: string | null;
};

/** Throws `already_exists` when the name or the e-mail address is taken. */
export async function insertUser(tx: Tx, user: NewUser): Promise<UserRow> {
  const [made] = await explainingTaken(
    tx.insert(users).values(user).returning(userColumns),
    "name",
  );
  return present(made);
}

export interface UserChange {
  description?: string;
  email?: string | null;
  emailKey?: string | null;
  emailVerified?: boolean;
  provenEmail?: string | null;
  dbUserName?: string | null;
  dbUserNameKey?: string | null;
  dbUserDescription?: string;
  ownerId?: string | null;
  deputyId?: string | null;
  state?: UserState;
  /** Blocking is `blockUser`. */
  blockedAt?: null;
  capabilities?: unknown;
  hasSecondFactor?: boolean;
  freeformTags?: unknown;
  definedTags?: unknown;
}

export async function updateUser(tx: Tx, id: string, change: UserChange): Promise<UserRow> {
  const [changed] = await explainingTaken(
    tx
      .update(users)
      .set({ ...change, version: sql`${users.version} + 1` })
      .where(eq(users.id, id))
      .returning(userColumns),
    "dbUserName",
  );
  return present(changed);
}

/** Nobody keeps as their former address what somebody else has now: it would lead their mail there. */
export async function takeProvenEmail(tx: Tx, userId: string, emailKey: string): Promise<void> {
  await tx
    .update(users)
    .set({ provenEmail: null })
    .where(and(sql`lower(${users.provenEmail} collate "C") = ${emailKey}`, ne(users.id, userId)));
}

/** Blocks by the database's clock; answers when, undefined for a user who was deleted meanwhile. */
export async function blockUser(tx: Tx, id: string): Promise<Date | undefined> {
  const [blocked] = await tx
    .update(users)
    .set({ blockedAt: sql`now()`, version: sql`${users.version} + 1` })
    .where(eq(users.id, id))
    .returning({ blockedAt: users.blockedAt });
  return blocked?.blockedAt ?? undefined;
}

export async function deleteUser(tx: Tx, id: string): Promise<void> {
  await tx.delete(users).where(eq(users.id, id));
}

/** One namespace for user names and alternate ones: `field` is the one that the statement sets. */
async function explainingTaken<T>(
  statement: PromiseLike<T>,
  field: keyof typeof takenName,
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === "users_name_key") throw taken("name", takenName.name);
    if (constraint === "database_user_names_pkey") throw taken(field, takenName[field]);
    if (constraint === "users_email_key")
      throw taken("email", "This e-mail address belongs to another user.");
    throw error;
  }
}

const takenName = {
  name: "This user name is taken. Choose another one.",
  dbUserName: "This name is taken, as a user name or a database user name. Choose another one.",
};

function taken(field: string, message: string): AppError {
  return new AppError("already_exists", message, { fields: { [field]: message } });
}

function present(row: UserRow | undefined): UserRow {
  if (!row) throw new Error("A user row vanished under its lock.");
  return row;
}
