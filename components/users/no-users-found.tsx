import { ButtonLink } from "@/components/shell/button-link";
import { EmptyState } from "@/components/ui/empty-state";

import { type UsersQuery, usersHref } from "./users-query";

/** Whoever reads this page is a user, so an empty list is always the work of the search or the filter. */
export function NoUsersFound({ query }: { query: UsersQuery }) {
  const everybody = usersHref({
    ...query,
    search: "",
    state: "all",
    kind: "all",
    holds: "any",
    page: undefined,
  });
  return (
    <EmptyState action={<ButtonLink href={everybody}>Show all users</ButtonLink>}>
      {sentence(query)}
    </EmptyState>
  );
}

function sentence({ search, state, kind, holds, page }: UsersQuery): string {
  if (page !== undefined) return "There are no users beyond the page before.";
  const isNarrowed = kind !== "all" || holds !== "any";
  if (search !== "") {
    const scope = state === "all" ? "user" : `${state} user`;
    const narrowed = isNarrowed ? " of those you filter for" : "";
    return `No ${scope}${narrowed} has “${search}” in the name, e-mail address or database user name.`;
  }
  if (isNarrowed) return "Nobody matches these filters.";
  if (state === "blocked")
    return "Nobody is blocked. A user is blocked after 10 failed passwords in a row.";
  return state === "suspended" ? "Nobody is suspended." : "There are no active users.";
}
