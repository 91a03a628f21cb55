import { clsx } from "clsx";
import type { ReactNode } from "react";

export type KeyValue = { label: string; value: ReactNode };

/** Facts about one thing, label beside value; stacked where there is no room. */
export function KeyValues({
  items,
  className,
}: {
  items: readonly KeyValue[];
  className?: string;
}) {
  return (
    <dl className={clsx("text-body", className)}>
      {items.map((item) => (
        <div
          key={item.label}
          className="grid grid-cols-1 gap-x-4 border-b border-line py-2 last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)]"
        >
          <dt className="text-ink-soft">{item.label}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
