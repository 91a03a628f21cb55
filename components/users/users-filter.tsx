"use client";

import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";

import { SearchBox } from "@/components/table/search-box";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";

import {
  longestSearch,
  readUsersQuery,
  sortOptions,
  stateOptions,
  type UsersQuery,
  usersHref,
} from "./users-query";

const typingPause = 250;

/**
 * Search, state and order of the list. A plain GET form, so that it works before its JavaScript; with it the list
 * follows the typing.
 */
export function UsersFilter({
  query,
  foundWords,
  children,
}: {
  query: UsersQuery;
  /** How many there are, said to screen readers when the list changes. */
  foundWords: string;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const { isPending, go } = useListAddress();
  const [search, setSearch] = useAddressText(query.search);
  const apply = () => {
    if (form.current) go(usersHref(readUsersQuery(valuesOf(form.current))));
  };
  const applySoon = useDebounced(apply);
  return (
    <>
      <search aria-label="Users">
        <form
          ref={form}
          action="/identity/users"
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
          className="mb-3 flex flex-wrap items-center gap-2"
        >
          <SearchBox
            label="Search users"
            placeholder="Name, e-mail or database user name"
            name="search"
            maxLength={longestSearch}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              applySoon();
            }}
            className="max-sm:max-w-none sm:max-w-[21rem]"
          />
          <FilterSelect
            key={`state ${query.state}`}
            name="state"
            label="State"
            defaultValue={query.state}
            options={stateOptions}
            onChange={apply}
            className="max-sm:flex-1"
          />
          {/* Where the rows fold, the heads that sort are out of sight. */}
          <FilterSelect
            key={`sort ${query.sort}`}
            name="sort"
            label="Order"
            defaultValue={query.sort}
            options={sortOptions}
            onChange={apply}
            className="flex-1 sm:hidden"
          />
          <noscript>
            <button type="submit" className="link h-8 px-2 text-small">
              Search
            </button>
          </noscript>
          {isPending && <Spinner className="animate-late text-ink-soft" />}
        </form>
      </search>
      <output className="sr-only">{foundWords}</output>
      <div
        aria-busy={isPending}
        className={clsx("transition-opacity duration-[120ms]", isPending && "opacity-60 delay-200")}
      >
        {children}
      </div>
    </>
  );
}

type FilterSelectProps = {
  name: string;
  label: string;
  defaultValue: string;
  options: readonly { value: string; label: string }[];
  onChange: () => void;
  className: string;
};

function FilterSelect({ label, options, ...rest }: FilterSelectProps) {
  return (
    <Select {...rest} aria-label={label}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

function useListAddress() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const go = (href: string) => startTransition(() => router.replace(href, { scroll: false }));
  return { isPending, go };
}

/** What is typed goes before what the address says, unless the address was emptied by a link. */
function useAddressText(said: string) {
  const [text, setText] = useState(said);
  const [known, setKnown] = useState(said);
  if (said !== known) {
    setKnown(said);
    if (said === "" && text.trim() === known) setText("");
  }
  return [text, setText] as const;
}

function useDebounced(work: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), typingPause);
  };
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const texts = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
}
