import { type SearchWay, searchWay } from "@/lib/domain/users/user-search";

import type { UsersQuery, UsersState } from "./users-query";

/** What was looked for, and where: a search says nothing of where it did not look. */
export function noUsersWords({ search, state, kind, holds, factor, page }: UsersQuery): string {
  if (page !== undefined) return "There are no users beyond the page before.";
  const isNarrowed = kind !== "all" || holds !== "any" || factor !== "any";
  if (search !== "") {
    const scope = state === "all" ? "user" : `${state} user`;
    const narrowed = isNarrowed ? " of those you filter for" : "";
    return `No ${scope}${narrowed} has ${missed[searchWay(search)](search)}`;
  }
  return isNarrowed ? "Nobody matches these filters." : nobodyIs[state];
}

const missed = {
  ocid: (search) => `an OCID that begins with “${search}”.`,
  parts: (search) => `“${search}” in the name, e-mail address or database user name.`,
  beginning: (search) =>
    `a name, e-mail address or database user name that begins with “${search}”. Three letters or digits in a row are found in the middle, too.`,
} satisfies Record<SearchWay, (search: string) => string>;

const nobodyIs = {
  all: "There are no users.",
  active: "There are no active users.",
  blocked: "Nobody is blocked. A user is blocked after 10 failed passwords in a row.",
  suspended: "Nobody is suspended.",
  invited: "Nobody has an invitation that is still open.",
} satisfies Record<UsersState, string>;
