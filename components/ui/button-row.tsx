import type { ReactNode } from "react";

/** The buttons at the end of a form or of a dialog's content. In a dialog they stay in sight while the rest scrolls. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return (
    <div className="dialog-end mt-1 flex flex-wrap items-center justify-end gap-2">{children}</div>
  );
}
