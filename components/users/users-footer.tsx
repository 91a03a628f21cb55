import { ButtonLink } from "@/components/shell/button-link";

import { type UsersQuery, usersHref } from "./users-query";

/** How many are shown, and the way to the others. Absent where the list is whole and empty. */
export function UsersFooter({
  query,
  shown,
  nextPage,
}: {
  query: UsersQuery;
  shown: number;
  nextPage: string | null;
}) {
  if (shown === 0) return null;
  const isPaged = query.page !== undefined || nextPage !== null;
  return (
    <nav
      aria-label="Pages"
      className="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-2 text-small text-ink-soft"
    >
      <span className="tabular-nums">
        {shown === 1 ? "1 user" : `${shown} users`}
        {isPaged && " on this page"}
      </span>
      <span className="flex gap-2">
        {query.page !== undefined && (
          <ButtonLink href={usersHref({ ...query, page: undefined })}>First page</ButtonLink>
        )}
        {nextPage !== null && (
          <ButtonLink href={usersHref({ ...query, page: nextPage })}>Next page</ButtonLink>
        )}
      </span>
    </nav>
  );
}
