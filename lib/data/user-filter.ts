import "server-only";
import { and, eq, like, or, type SQL, sql } from "drizzle-orm";

import type { UserKind } from "@/lib/domain/caller";
import { userNameKey } from "@/lib/domain/users/user-name";

import { isOld } from "./credential-time";
import type { Tx } from "./db";
import { isInvited } from "./invitations";
import { literally, partOf } from "./keyset";
import { credentials } from "./schema/credentials";
import { databaseUserNames } from "./schema/database-user-names";
import { users } from "./schema/users";

export interface UserFilter {
  name?: string | undefined;
  /** Any part of the name, the e-mail address or the database user name, or how one begins; or a whole OCID. */
  search?: string | undefined;
  state?: "ACTIVE" | "INACTIVE" | undefined;
  /** The same told finer; a suspended user counts as suspended, blocked or not. */
  standing?: "active" | "blocked" | "suspended" | "invited" | undefined;
  kind?: UserKind | undefined;
  identityProviderId?: string | undefined;
  externalIdentifier?: string | undefined;
  /** Holds a credential that the report calls old. */
  holdsOld?: boolean | undefined;
  /** Signs in by the password alone. */
  lacksSecondFactor?: boolean | undefined;
}

/** Everything that a filter asks for but the words that are searched for. */
export async function filteredBy(tx: Tx, tenancyId: string, filter: UserFilter): Promise<SQL> {
  const { name, standing, kind, identityProviderId, externalIdentifier, state } = filter;
  const conditions = [eq(users.tenancyId, tenancyId)];
  if (name !== undefined) conditions.push(eq(users.nameKey, name.toLowerCase()));
  if (standing !== undefined) conditions.push(standingIs[standing]);
  if (kind !== undefined) conditions.push(eq(users.kind, kind));
  if (identityProviderId !== undefined)
    conditions.push(eq(users.identityProviderId, identityProviderId));
  if (externalIdentifier !== undefined)
    conditions.push(eq(users.externalIdentifier, externalIdentifier));
  if (filter.holdsOld) conditions.push(await holdingOld(tx));
  if (filter.lacksSecondFactor) conditions.push(withoutSecondFactor);
  if (state !== undefined)
    conditions.push(state === "ACTIVE" ? standingIs.active : sql`not ${standingIs.active}`);
  return sql`${and(...conditions)}`;
}

/** So few are found by themselves, and not by a look at everybody. */
const fewOld = 4_000;

/** Where few credentials are old, their owners are asked for by name; where many are, most people have one. */
async function holdingOld(tx: Tx): Promise<SQL> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(credentials)
    .where(isOld)
    .limit(fewOld + 1)
    .as("some");
  return (await tx.$count(some)) <= fewOld
    ? sql`${users.id} = any(array(select ${credentials.ownerId} from ${credentials} where ${isOld}))`
    : sql`exists (select 1 from ${credentials} where ${credentials.ownerId} = ${users.id} and ${isOld})`;
}

/** What a search means, in patterns of keys. */
export interface Words {
  /** Names that begin so. */
  readonly beginning: string;
  /** Names, addresses and database user names that have it: anywhere, or as their beginning where it is short. */
  readonly having: string;
  readonly isShort: boolean;
  /** Whether the index of parts knows anything of it: it knows letters and digits. */
  readonly isIndexed: boolean;
}

export function wordsOf(search: string): Words {
  const text = userNameKey(search);
  const beginning = `${literally(text)}%`;
  const isShort = search.length < shortestPart;
  return {
    beginning,
    having: isShort ? beginning : partOf(text),
    isShort,
    isIndexed: /[\p{L}\p{N}]/u.test(text),
  };
}

/** No index knows what is shorter in the middle of a word: so little is looked for at the beginning alone. */
const shortestPart = 3;

/** A pattern that the database is not to guess by: of what it would be wrong about by a thousandfold, it takes a fixed part. */
export const unguessed = (pattern: string): SQL => sql`(select ${pattern}::text)`;

export function hasWords({ having }: Words): SQL {
  return sql`${or(...keys.map((key) => sql`${key} like ${unguessed(having)}`))}`;
}

/** The same of short words, by the indexes that addresses and database user names are unique by. */
export function hasShortWords({ beginning }: Words): SQL {
  return sql`(${like(users.emailKey, beginning)} or (${like(users.dbUserNameKey, beginning)} and
    ${users.id} = any(array(select ${databaseUserNames.userId} from ${databaseUserNames}
      where ${like(databaseUserNames.nameKey, beginning)}))))`;
}

const keys = [users.nameKey, users.emailKey, users.dbUserNameKey];

/** How many are looked at to tell what many have from what few have, and how many of these are many. */
const sampleSize = 2_000;
const manyOfSample = 4;

/**
 * Whether so many match that the first of them are soon met in any order. Judged by the first ids, which are random; false
 * as well where these are everybody.
 */
export async function isCommon(tx: Tx, tenancyId: string, condition: SQL): Promise<boolean> {
  const { rows } = await tx.execute<{ looked: number; hits: number }>(sql`
    select count(*)::int as looked, (count(*) filter (where ${condition}))::int as hits
    from (select * from ${users} where ${users.tenancyId} = ${tenancyId}
      order by ${users.id} limit ${sampleSize}) as users`);
  const [sample] = rows;
  return sample !== undefined && sample.looked === sampleSize && sample.hits >= manyOfSample;
}

/** Of those who sign in with a password, in the words of the index. */
export const withoutSecondFactor = sql`(${users.kind} = 'local' and not ${users.hasSecondFactor})`;

/** A user who is suspended counts as that, blocked or not. In the words of the indexes. */
export const standingIs = {
  active: sql`(${users.state} = 'active' and ${users.blockedAt} is null)`,
  blocked: sql`(${users.state} = 'active' and ${users.blockedAt} is not null)`,
  suspended: sql`${users.state} = 'suspended'`,
  invited: sql`(${users.state} = 'active' and ${isInvited})`,
};
