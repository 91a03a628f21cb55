import "server-only";
import { and, asc, eq, gt, like, type SQL, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { keyset, type PageRequest } from "./keyset";
import { users } from "./schema/users";
import {
  filteredBy,
  hasShortWords,
  hasWords,
  isCommon,
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
  if (search.startsWith("ocid1."))
    return inOrder(tx, sql`(${scope} and ${eq(users.id, search)})`, page, page.limit + 1);
  return searched(tx, { tenancyId, scope, words: wordsOf(search), page });
}

interface Search {
  readonly tenancyId: string;
  readonly scope: SQL;
  readonly words: Words;
  readonly page: PageRequest;
}

/**
 * Whatever is searched for, no more than some thousand users are looked at. Names that begin with it lie together in the
 * index of names. What few others have, the index of parts finds; it would find too many of what many have, and these are
 * soon met on the way along the ids, while along the names they may all be at the end.
 */
async function searched(tx: Tx, { tenancyId, scope, words, page }: Search): Promise<ListedUser[]> {
  const { after, limit } = page;
  const isByName = page.sortBy === "NAME";
  const begins = sql`${like(users.nameKey, words.beginning)}`;
  const rows: ListedUser[] = [];
  if (isByName && (after === undefined || after.part === "begins")) {
    const found = await inOrder(tx, sql`(${scope} and ${begins})`, page, limit + 1);
    rows.push(...found.map((row) => ({ ...row, part: "begins" as const })));
    if (rows.length > limit) return rows;
  }
  const rest = isByName ? sql`(${scope} and not ${begins})` : scope;
  const matching = sql`(${rest} and ${hasWords(words)})`;
  const part = await partOfRest(page, () => isCommon(tx, tenancyId, matching));
  const goesOn = { ...page, after: after?.part === part ? after : undefined };
  const missing = limit + 1 - rows.length;
  const isShortRest = isByName && words.isShort;
  const found = await (part === "few" && (words.isIndexed || words.isShort)
    ? byParts(
        tx,
        isShortRest ? sql`(${rest} and ${hasShortWords(words)})` : matching,
        goesOn,
        missing,
      )
    : inOrder(tx, matching, isByName && part === "many" ? byId(goesOn) : goesOn, missing));
  return [...rows, ...found.map((row) => ({ ...row, part }))];
}

/** As it was for the first page that had one of the rest. */
async function partOfRest(
  { after }: PageRequest,
  isMany: () => Promise<boolean>,
): Promise<"few" | "many"> {
  if (after?.part === "few" || after?.part === "many") return after.part;
  return (await isMany()) ? "many" : "few";
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

/** All who match, and of these the first in the order: `offset 0` keeps the order out of the choice of an index. */
function byParts(tx: Tx, where: SQL, page: PageRequest, limit: number): Promise<UserRow[]> {
  const { beyond, order } = keyset(page, users);
  const ordered = sql.join(order, sql`, `);
  return tx
    .select(userColumns)
    .from(users)
    .where(
      sql`${users.id} = any(array(
        select users.id from (select ${users.id}, ${users.nameKey}, ${users.createdAt} from ${users}
          where ${where} offset 0) as users
        where ${beyond ?? sql`true`} order by ${ordered} limit ${limit}))`,
    )
    .orderBy(...order);
}
