import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** What is over, folded under "2 ended keys": kept for looking up, out of the way of what works. */
export function EndedRows({
  count,
  noun,
  children,
}: {
  count: number;
  noun: { one: string; many: string };
  children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <details className="group mt-3">
      <summary className="inline-flex min-h-8 items-center gap-1.5 rounded-control pr-2 text-small text-ink-soft hover:text-ink pointer-coarse:min-h-11">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 transition-transform duration-[120ms] group-open:rotate-90"
        />
        {count} ended {count === 1 ? noun.one : noun.many}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
