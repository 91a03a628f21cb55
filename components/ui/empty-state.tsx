import type { ReactNode } from "react";

export type EmptyStateProps = {
  /** One line: what the thing is for. */
  children: ReactNode;
  /** The one button. */
  action?: ReactNode;
};

export function EmptyState({ children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-panel border border-dashed border-line-strong/60 px-5 py-6">
      <p className="max-w-[60ch] text-ink-soft">{children}</p>
      {action}
    </div>
  );
}
