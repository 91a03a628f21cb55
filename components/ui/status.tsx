import { cva } from "class-variance-authority";
import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "danger" | "accent" | "neutral";

const dot = cva("size-[7px] shrink-0 rounded-full", {
  variants: {
    tone: {
      good: "bg-good",
      warn: "bg-warn",
      danger: "bg-danger",
      accent: "bg-accent",
      neutral: "border-[1.5px] border-ink-faint",
    },
  },
});

/** State as a dot and a word; the colour never speaks alone. */
export function Status({
  tone,
  children,
  className,
}: {
  tone: Tone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-2 align-top text-small whitespace-nowrap text-ink",
        className,
      )}
    >
      <span aria-hidden="true" data-dot="" className={dot({ tone })} />
      {children}
    </span>
  );
}

/** A small fact about a thing, such as a group or a capability. No state: that is a `Status`. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center rounded-mark border border-line bg-sunken px-1.5 text-tiny whitespace-nowrap text-ink-soft",
        className,
      )}
    >
      {children}
    </span>
  );
}
