"use client";

import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";

import { SearchBox } from "@/components/table/search-box";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";

import { type FilterTime, TimeFilters } from "./time-filters";
import { useAddressText } from "./use-address-text";

const typingPause = 250;

export interface FilterSelect {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly className?: string;
}

export interface ListFilterProps {
  /** What is searched: *Users*. */
  label: string;
  /** The list's page. */
  action: string;
  /** The address of the list for what the form says. */
  hrefOf: (values: Record<string, string>) => string;
  search: { label: string; placeholder: string; value: string; maxLength: number };
  selects: readonly FilterSelect[];
  /** Instants that narrow it. */
  times?: readonly FilterTime[];
  /** How many there are, said to screen readers when the list changes. */
  foundWords: string;
  children: ReactNode;
}

/**
 * Search, filters and order of a list that the server pages. A plain GET form, so that it works before its JavaScript;
 * with it the list follows the typing.
 */
export function ListFilter(props: ListFilterProps) {
  const { label, action, hrefOf, search, selects, times = [], foundWords, children } = props;
  const form = useRef<HTMLFormElement>(null);
  const { isPending, go } = useListAddress();
  const [text, setText] = useAddressText(search.value, { isTyped: true });
  const apply = () => {
    if (form.current) go(hrefOf(valuesOf(form.current)));
  };
  const applySoon = useDebounced(apply);
  return (
    <>
      <search aria-label={label}>
        <form
          ref={form}
          action={action}
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
          className="mb-3 flex flex-wrap items-center gap-2"
        >
          <SearchBox
            label={search.label}
            placeholder={search.placeholder}
            name="search"
            maxLength={search.maxLength}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              applySoon();
            }}
            className="max-sm:max-w-none sm:max-w-[21rem]"
          />
          {selects.map((select) => (
            <SelectFilter key={select.name} {...select} onChange={apply} />
          ))}
          {times.length > 0 && <TimeFilters times={times} onChange={applySoon} />}
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

type Applied = { onChange: () => void };

function SelectFilter(props: FilterSelect & Applied) {
  const { name, label, value, options, className, onChange } = props;
  const [chosen, setChosen] = useAddressText(value);
  return (
    <Select
      name={name}
      aria-label={label}
      value={chosen}
      onChange={(event) => {
        setChosen(event.target.value);
        onChange();
      }}
      className={className ?? "max-sm:flex-[1_1_40%]"}
    >
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
