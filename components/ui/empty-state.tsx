import type { ReactNode } from "react";

export type EmptyStateProps = {
  /** One line: what the thing is for. */
  children: ReactNode;
  /** The one button. */
  action?: ReactNode;
  documentation?: { href: string; label: string } | undefined;
};

export function EmptyState({ children, action, documentation }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-panel border border-dashed border-line-strong/60 px-5 py-6">
      <p className="max-w-[60ch] text-ink-soft">{children}</p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {action}
        {documentation !== undefined && (
          <a href={documentation.href} className="link text-small">
            {documentation.label}
          </a>
        )}
      </div>
    </div>
  );
}
