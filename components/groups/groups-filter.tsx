"use client";

import type { ReactNode } from "react";

import { ListFilter } from "@/components/table/list-filter";

import { longestSearch, readSearch, searchHref } from "./groups-query";

export type SearchFilterProps = {
  /** The page of the list. */
  path: string;
  /** What is searched: *Groups*. */
  label: string;
  searchLabel: string;
  placeholder: string;
  search: string;
  foundWords: string;
  children: ReactNode;
};

/** The search over a list that has nothing else to filter by. */
export function SearchFilter(props: SearchFilterProps) {
  const { path, label, searchLabel, placeholder, search, foundWords, children } = props;
  return (
    <ListFilter
      label={label}
      action={path}
      hrefOf={(values) => searchHref(path, readSearch(values))}
      search={{ label: searchLabel, placeholder, value: search, maxLength: longestSearch }}
      selects={[]}
      foundWords={foundWords}
    >
      {children}
    </ListFilter>
  );
}
