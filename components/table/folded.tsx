import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** What is out of the way of what matters, under a line that says what it is. */
export function Folded({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="group mt-3">
      <summary className="inline-flex min-h-8 items-center gap-1.5 rounded-control pr-2 text-small text-ink-soft hover:text-ink pointer-coarse:min-h-11">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 shrink-0 transition-transform duration-[120ms] group-open:rotate-90"
        />
        {summary}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
