import "server-only";
import { and, eq, like, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";

import type { UserKind } from "@/lib/domain/caller";
import { userNameKey } from "@/lib/domain/users/user-name";
import { mostWords, searchWay } from "@/lib/domain/users/user-search";

import { isOld } from "./credential-time";
import type { Tx } from "./db";
import { isInvited } from "./invitations";
import { literally, partOf } from "./keyset";
import { credentials } from "./schema/credentials";
import { databaseUserNames } from "./schema/database-user-names";
import { users } from "./schema/users";

export interface UserFilter {
  name?: string | undefined;
  /** Parts of the name, the e-mail address or the database user name, or how one begins; or how an OCID begins. */
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
  if (state !== undefined) conditions.push(state === "ACTIVE" ? standingIs.active : inactive);
  return sql`${and(...conditions)}`;
}

/** So few are found by themselves and then asked one by one for the rest, and not by a look at everybody. */
const few = 4_000;

/** Where few credentials are old, their owners are asked for by name; where many are, most people have one. */
async function holdingOld(tx: Tx): Promise<SQL> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(credentials)
    .where(isOld)
    .limit(few + 1)
    .as("some");
  return (await tx.$count(some)) <= few
    ? sql`${users.id} = any(array(select ${credentials.ownerId} from ${credentials} where ${isOld}))`
    : sql`exists (select 1 from ${credentials} where ${credentials.ownerId} = ${users.id} and ${isOld})`;
}

/** What a search means, in patterns of keys. */
export interface Words {
  /** Names that begin so; nobody's where several words are searched for, because no name has a space. */
  readonly beginning: string;
  /** What a name, an address or a database user name has to match, all of it. */
  readonly having: readonly string[];
  /** Patterns for the runs of letters and digits in these. */
  readonly pieces: readonly string[];
  readonly isShort: boolean;
}

export function wordsOf(search: string): Words {
  const text = userNameKey(search);
  const beginning = `${literally(text)}%`;
  const words = text.split(/\s+/u);
  if (searchWay(search) !== "parts")
    return { beginning, having: [beginning], pieces: [], isShort: true };
  const pieces = [...new Set(text.match(/[a-z0-9]{3,}/g))].slice(0, mostWords).map(partOf);
  return { beginning, having: words.map(partOf), pieces, isShort: false };
}

/** A pattern that the database is not to guess by: of what it would be wrong about by a thousandfold, it takes a fixed part. */
const unguessed = (pattern: string): SQL => sql`(select ${pattern}::text)`;

export const hasWords = ({ having }: Words): SQL => hasAll(having);

/** All in one key, because the index of parts finds that without a look at everybody who has one of them. */
export function hasAll(patterns: readonly string[]): SQL {
  return sql`${or(...keys.map((key) => likeAll(key, patterns)))}`;
}

export function likeAll(key: AnyPgColumn, patterns: readonly string[]): SQL {
  return sql`${and(...patterns.map((pattern) => sql`${key} like ${unguessed(pattern)}`))}`;
}

/** The users whose OCID begins so: as an index finds them, which is for few alone, and as one asks each of everybody. */
export async function ocidBegins(
  tx: Tx,
  search: string,
): Promise<{ isFew: boolean; found: SQL; isOne: SQL }> {
  const text = search.toLowerCase();
  const found = sql`${like(users.id, `${literally(text)}%`)}`;
  const isOne = sql`left(${users.id}, ${text.length}) = ${text}`;
  return { isFew: await areFew(tx, users, found), found, isOne };
}

/** Counts no further than it has to; all rows of the table without a condition. */
export async function areFew(tx: Tx, table: PgTable, condition?: SQL): Promise<boolean> {
  const some = tx
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(condition)
    .limit(few + 1)
    .as("some");
  return (await tx.$count(some)) <= few;
}

export const beginsWithWords = ({ beginning }: Words): SQL => like(users.nameKey, beginning);

/** Other keys that begin with short words, by the indexes that addresses and database user names are unique by. */
export function hasShortWords({ beginning }: Words): SQL {
  return sql`(${like(users.emailKey, beginning)} or (${like(users.dbUserNameKey, beginning)} and
    ${users.id} = any(array(select ${databaseUserNames.userId} from ${databaseUserNames}
      where ${like(databaseUserNames.nameKey, beginning)}))))`;
}

const keys = [users.nameKey, users.emailKey, users.dbUserNameKey];

/** How many are looked at to tell what many have from what few have, and how many of these are many. */
const sampleSize = 2_000;
const manyOfSample = 4;
const rareInSample = 8;

export interface Sample {
  /** Whether so many match that the first of them are soon met in any order; false as well where the sample is everybody. */
  readonly isCommon: boolean;
  /** The pieces that the index of parts is to find by, where they tell more than the words in whole. */
  readonly telling: readonly string[] | undefined;
}

/** Where nobody was looked at, or everybody. */
export const noSample: Sample = { isCommon: false, telling: undefined };

/** Judged by the first ids, which are random. */
export async function lookAtSome(
  tx: Tx,
  tenancyId: string,
  condition: SQL,
  { pieces }: Words,
): Promise<Sample> {
  const hits = (matching: SQL) => sql`(count(*) filter (where ${matching}))::int`;
  const ofPieces = sql.join(
    pieces.map((piece) => hits(hasAll([piece]))),
    sql`, `,
  );
  const { rows } = await tx.execute<{ looked: number; hits: number; pieces: number[] }>(sql`
    select count(*)::int as looked, ${hits(condition)} as hits, array[${ofPieces}]::int[] as pieces
    from (select * from ${users} where ${users.tenancyId} = ${tenancyId}
      order by ${users.id} limit ${sampleSize}) as users`);
  const [sample] = rows;
  if (sample?.looked !== sampleSize) return noSample;
  return { isCommon: sample.hits >= manyOfSample, telling: tellingOf(pieces, sample.pieces) };
}

/**
 * The index of parts reads a list for every three characters that it is asked for, and that of `com` in the addresses is
 * everybody. One rare piece is enough, and of common ones two.
 */
function tellingOf(pieces: readonly string[], hits: readonly number[]): string[] | undefined {
  const ordered = pieces
    .map((piece, place) => ({ piece, hits: hits[place] ?? 0 }))
    .toSorted((one, other) => one.hits - other.hits || other.piece.length - one.piece.length);
  const [rarest, next] = ordered;
  if (rarest && rarest.hits <= rareInSample) return [rarest.piece];
  return rarest && next && [rarest.piece, next.piece];
}

/**
 * Whether a filter leaves so few that they are found by it, and not by the words, which may be everybody's. Old
 * credentials do not count: to ask everybody for them takes longer than what it is to spare.
 */
export async function leavesFew(tx: Tx, tenancyId: string, filter: UserFilter): Promise<boolean> {
  const told = { ...filter, search: undefined, holdsOld: undefined };
  if (Object.values(told).every((asked) => asked === undefined || asked === false)) return false;
  return areFew(tx, users, await filteredBy(tx, tenancyId, told));
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

/** Not active, in the words of two indexes. */
const inactive = sql`(${standingIs.suspended} or ${standingIs.blocked})`;
