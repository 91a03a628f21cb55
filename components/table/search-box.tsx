"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";

import { inputStyle } from "@/components/ui/input-style";
import { Kbd } from "@/components/ui/kbd";

export type SearchBoxProps = Omit<ComponentProps<"input">, "type" | "aria-label"> & {
  label: string;
};

/** The search of a list; `/` jumps here from anywhere on the page. */
export function SearchBox({ label, className, ...rest }: SearchBoxProps) {
  return (
    <span className={clsx("relative block w-full max-w-72", className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-faint"
      />
      <input
        type="search"
        autoComplete="off"
        {...rest}
        aria-label={label}
        placeholder={rest.placeholder ?? label}
        className={clsx(inputStyle, "peer h-8 pr-9 pl-8 text-body pointer-coarse:h-11")}
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-1.5 -translate-y-1/2 peer-focus:hidden pointer-coarse:hidden"
      >
        <Kbd>/</Kbd>
      </span>
    </span>
  );
}
