import { clsx } from "clsx";
import type { ReactNode } from "react";

export type KeyValue = { label: string; value: ReactNode };

type KeyValuesProps = {
  items: readonly KeyValue[];
  /** For a few short values in a small place: closer together, and beside their labels at any width. */
  isCompact?: boolean;
  className?: string;
};

/** Facts about one thing, label beside value; stacked where there is no room. */
export function KeyValues({ items, isCompact = false, className }: KeyValuesProps) {
  return (
    <dl className={clsx("text-body", className)}>
      {items.map((item) => (
        <div
          key={item.label}
          className={clsx(
            "grid gap-x-4",
            isCompact
              ? "grid-cols-[5rem_minmax(0,1fr)] py-1"
              : "grid-cols-1 border-b border-line py-2 last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)]",
          )}
        >
          <dt className="text-ink-soft">{item.label}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
