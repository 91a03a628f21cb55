import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";

export type FormActionsProps = {
  /** The verb and the thing: *Generate Token*, never "Submit". */
  submitLabel: string;
  pending: boolean;
  onCancel?: (() => void) | undefined;
  cancelLabel?: string | undefined;
  disabledReason?: string | undefined;
  children?: ReactNode;
};

/** The row of buttons at the end of a form. */
export function FormActions(props: FormActionsProps) {
  const {
    submitLabel,
    pending,
    onCancel,
    cancelLabel = "Cancel",
    disabledReason,
    children,
  } = props;
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-2">
      {children}
      {onCancel !== undefined && <Button onClick={onCancel}>{cancelLabel}</Button>}
      <Button type="submit" variant="primary" pending={pending} disabledReason={disabledReason}>
        {submitLabel}
      </Button>
    </div>
  );
}
