import { ButtonLink } from "@/components/shell/button-link";
import { EmptyState } from "@/components/ui/empty-state";

import { type UsersQuery, usersHref } from "./users-query";

/** Whoever reads this page is a user, so an empty list is always the work of the search or the filter. */
export function NoUsersFound({ query }: { query: UsersQuery }) {
  const everybody = usersHref({ ...query, search: "", state: "all", page: undefined });
  return (
    <EmptyState action={<ButtonLink href={everybody}>Show all users</ButtonLink>}>
      {sentence(query)}
    </EmptyState>
  );
}

function sentence({ search, state, page }: UsersQuery): string {
  if (page !== undefined) return "There are no users beyond the page before.";
  if (search !== "") {
    const scope =
      state === "all" ? "user" : state === "active" ? "active user" : "blocked or suspended user";
    return `No ${scope} has “${search}” in the name, e-mail address or database user name.`;
  }
  return state === "inactive"
    ? "Nobody is blocked or suspended. A user is blocked after 10 failed passwords in a row."
    : "There are no active users.";
}
