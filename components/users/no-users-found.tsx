import { ButtonLink } from "@/components/shell/button-link";
import { EmptyState } from "@/components/ui/empty-state";

import { noUsersWords } from "./no-users-words";
import { type UsersQuery, usersHref } from "./users-query";

/** Whoever reads this page is a user, so an empty list is always the work of the search or the filter. */
export function NoUsersFound({ query }: { query: UsersQuery }) {
  const everybody = usersHref({
    ...query,
    search: "",
    state: "all",
    kind: "all",
    holds: "any",
    factor: "any",
    page: undefined,
  });
  return (
    <EmptyState action={<ButtonLink href={everybody}>Show all users</ButtonLink>}>
      {noUsersWords(query)}
    </EmptyState>
  );
}
