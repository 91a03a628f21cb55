import type { ReactNode } from "react";

export type ProblemPageProps = {
  /** What happened, in the words of the reader: *This page does not exist*. */
  title: string;
  /** What to do now. */
  children: ReactNode;
  actions?: ReactNode;
  /** Small and quiet, for those who report it: *404*, or a request id. */
  code?: string | undefined;
};

/** A page that is not there, broke, or waits for the database. Stands inside a frame or alone in a `main`. */
export function ProblemPage({ title, children, actions, code }: ProblemPageProps) {
  return (
    <div className="max-w-[34rem] pt-[max(1rem,8vh)]">
      {code !== undefined && <p className="mb-2 font-mono text-code text-ink-faint">{code}</p>}
      <h1 className="text-title">{title}</h1>
      <div className="mt-2 space-y-2 text-ink-soft">{children}</div>
      {actions !== undefined && <div className="mt-5 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
