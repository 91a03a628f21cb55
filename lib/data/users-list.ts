import "server-only";
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";

import { searchWay } from "@/lib/domain/users/user-search";

import type { Tx } from "./db";
import { keyset, type PageRequest } from "./keyset";
import { users } from "./schema/users";
import {
  beginsWithWords,
  filteredBy,
  hasAll,
  hasShortWords,
  hasWords,
  leavesFew,
  lookAtSome,
  noSample,
  ocidBegins,
  type Sample,
  type UserFilter,
  type Words,
  wordsOf,
} from "./user-filter";
import { userColumns, type UserRow } from "./users";

/**
 * The part of a search's result that a user is of: names that begin so, and after them whoever else has it, in the order
 * of names where these are few and by their ids where they are many.
 */
type SearchPart = "begins" | "few" | "many";

export type ListedUser = UserRow & { readonly part?: SearchPart };

/** One page by keyset, one row more than asked for so that the caller knows whether there is another. */
export async function listUsers(
  tx: Tx,
  tenancyId: string,
  { search, ...filter }: UserFilter,
  page: PageRequest,
): Promise<ListedUser[]> {
  const scope = await filteredBy(tx, tenancyId, filter);
  if (!search) return inOrder(tx, scope, page, page.limit + 1);
  if (searchWay(search) === "ocid") {
    const { isFew, found, isOne } = await ocidBegins(tx, search);
    return isFew
      ? byParts(tx, { found, asked: scope }, page, page.limit + 1)
      : inOrder(tx, sql`(${scope} and ${isOne})`, page, page.limit + 1);
  }
  const isFew = await leavesFew(tx, tenancyId, filter);
  return searched(tx, { tenancyId, scope, isFew, words: wordsOf(search), page });
}

interface Search {
  readonly tenancyId: string;
  readonly scope: SQL;
  /** Whether the filter alone leaves few. */
  readonly isFew: boolean;
  readonly words: Words;
  readonly page: PageRequest;
}

/**
 * Whatever is searched for, no more than some thousand users are looked at. Names that begin with it lie together in the
 * index of names. What few others have, the filter finds where it leaves few, else the index of parts; that would find too
 * many of what many have, and these are soon met on the way along the ids, while along the names they may all be at the end.
 */
async function searched(tx: Tx, search: Search): Promise<ListedUser[]> {
  const { tenancyId, scope, words, page } = search;
  const { after, limit } = page;
  const isByName = page.sortBy === "NAME";
  const begins = beginsWithWords(words);
  const rows: ListedUser[] = [];
  if (isByName && (after === undefined || after.part === "begins")) {
    const found = await inOrder(tx, sql`(${scope} and ${begins})`, page, limit + 1);
    rows.push(...found.map((row) => ({ ...row, part: "begins" as const })));
    if (rows.length > limit) return rows;
  }
  const others = isByName ? sql`not ${begins}` : sql`true`;
  const rest = sql`(${scope} and ${others})`;
  const matching = sql`(${rest} and ${hasWords(words)})`;
  const looksAtSome = !search.isFew && after?.part !== "many";
  const sample = looksAtSome ? await lookAtSome(tx, tenancyId, matching, words) : noSample;
  const part = partOfRest(page, sample);
  const goesOn = { ...page, after: after?.part === part ? after : undefined };
  const missing = limit + 1 - rows.length;
  const found = await (part === "few"
    ? byParts(tx, partsOf(search, others, sample), goesOn, missing)
    : inOrder(tx, matching, isByName ? byId(goesOn) : goesOn, missing));
  return [...rows, ...found.map((row) => ({ ...row, part }))];
}

/** What finds a few of everybody by an index, and what is then asked of each of these. */
interface Parts {
  readonly found: SQL;
  readonly asked: SQL;
}

/** By the filter where it leaves few; else by the words. */
function partsOf(search: Search, others: SQL, { telling }: Sample): Parts {
  const { isFew, scope, words, page } = search;
  if (isFew) return { found: scope, asked: sql`(${others} and ${hasWords(words)})` };
  if (telling)
    return { found: hasAll(telling), asked: sql`(${scope} and ${others} and ${hasWords(words)})` };
  return {
    found: sql`(${scope} and ${others} and ${indexedWords(words, page)})`,
    asked: sql`true`,
  };
}

function indexedWords(words: Words, { sortBy }: PageRequest): SQL {
  if (!words.isShort) return hasWords(words);
  const elsewhere = hasShortWords(words);
  // In the order of names, those that begin with the words have been listed before.
  return sortBy === "NAME" ? elsewhere : sql`(${beginsWithWords(words)} or ${elsewhere})`;
}

/** As it was for the first page that had one of the rest. */
function partOfRest({ after }: PageRequest, { isCommon }: Sample): "few" | "many" {
  if (after?.part === "few" || after?.part === "many") return after.part;
  return isCommon ? "many" : "few";
}

type Order = ReturnType<typeof keyset>;

const orderOf = (page: PageRequest | Order): Order =>
  "order" in page ? page : keyset(page, users);

const byId = ({ after }: PageRequest): Order => ({
  beyond: after && gt(users.id, after.id),
  order: [asc(users.id)],
});

/** Along the order, as far as it takes to find so many. First whom to show, by an index alone; then their rows. */
function inOrder(tx: Tx, where: SQL, page: PageRequest | Order, limit: number): Promise<UserRow[]> {
  const { beyond, order } = orderOf(page);
  const shown = tx
    .select({ id: users.id })
    .from(users)
    .where(and(where, beyond))
    .orderBy(...order)
    .limit(limit)
    .as("shown");
  return tx
    .select(userColumns)
    .from(users)
    .innerJoin(shown, eq(shown.id, users.id))
    .orderBy(...order);
}

/** What lists are filtered, searched and ordered by. */
const searchedColumns = sql.join(
  [
    users.id,
    users.tenancyId,
    users.kind,
    users.nameKey,
    users.emailKey,
    users.dbUserNameKey,
    users.state,
    users.blockedAt,
    users.hasSecondFactor,
    users.invitedUntil,
    users.identityProviderId,
    users.externalIdentifier,
    users.createdAt,
  ].map((column) => sql`${column}`),
  sql`, `,
);

/** All who are found, and of these the first in the order: `offset 0` keeps the rest out of the choice of an index. */
function byParts(
  tx: Tx,
  { found, asked }: Parts,
  page: PageRequest,
  limit: number,
): Promise<UserRow[]> {
  const { beyond, order } = keyset(page, users);
  const ordered = sql.join(order, sql`, `);
  return tx
    .select(userColumns)
    .from(users)
    .where(
      sql`${users.id} = any(array(
        select users.id from (select ${searchedColumns} from ${users} where ${found} offset 0) as users
        where ${and(asked, beyond)} order by ${ordered} limit ${limit}))`,
    )
    .orderBy(...order);
}
