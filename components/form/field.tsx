import type { ReactNode } from "react";

import { Label } from "@/components/ui/label";

export type FieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  isOptional?: boolean | undefined;
};

type FrameProps = FieldProps & {
  id: string;
  problem: string | undefined;
  aside?: ReactNode;
  children: ReactNode;
};

/** Label above, control, then what is wrong with it, then the hint. */
export function FieldFrame({
  id,
  label,
  hint,
  isOptional = false,
  problem,
  aside,
  children,
}: FrameProps) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <span>
          <Label htmlFor={id}>{label}</Label>
          {isOptional && <span className="ml-1.5 text-small text-ink-faint">optional</span>}
        </span>
        {aside}
      </div>
      {children}
      <FieldNotes id={id} problem={problem} hint={hint} />
    </div>
  );
}

export function FieldNotes({
  id,
  problem,
  hint,
}: {
  id: string;
  problem: string | undefined;
  hint: ReactNode;
}) {
  return (
    <>
      {problem !== undefined && (
        <p id={`${id}-problem`} role="alert" className="text-small text-danger">
          {problem}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-small text-ink-soft">
          {hint}
        </p>
      )}
    </>
  );
}
