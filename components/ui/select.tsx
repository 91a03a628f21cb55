import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

import { inputStyle } from "./input-style";

/** The browser's own select, so that it works everywhere; only its frame is ours. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={clsx("relative block", className)}>
      <select
        {...rest}
        className={clsx(
          inputStyle,
          "h-8 appearance-none text-body pr-8 pl-2.5 pointer-coarse:h-11",
        )}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-ink-soft"
      />
    </span>
  );
}
