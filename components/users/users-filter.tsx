"use client";

import type { ReactNode } from "react";

import { ListFilter } from "@/components/table/list-filter";

import {
  factorOptions,
  holdsOptions,
  kindOptions,
  longestSearch,
  readUsersQuery,
  sortOptions,
  stateOptions,
  type UsersQuery,
  usersHref,
} from "./users-query";

/** Search, state and order of the users. */
export function UsersFilter({
  query,
  foundWords,
  children,
}: {
  query: UsersQuery;
  foundWords: string;
  children: ReactNode;
}) {
  return (
    <ListFilter
      label="Users"
      action="/identity/users"
      hrefOf={(values) => usersHref(readUsersQuery(values))}
      search={{
        label: "Search users",
        placeholder: "Name, e-mail, database name or OCID",
        value: query.search,
        maxLength: longestSearch,
      }}
      selects={[
        { name: "state", label: "State", value: query.state, options: stateOptions },
        { name: "kind", label: "Kind", value: query.kind, options: kindOptions },
        { name: "holds", label: "Credentials", value: query.holds, options: holdsOptions },
        { name: "factor", label: "Second factor", value: query.factor, options: factorOptions },
        // Where the rows fold, the heads that sort are out of sight.
        {
          name: "sort",
          label: "Order",
          value: query.sort,
          options: sortOptions,
          className: "flex-[1_1_40%] sm:hidden",
        },
      ]}
      foundWords={foundWords}
    >
      {children}
    </ListFilter>
  );
}
