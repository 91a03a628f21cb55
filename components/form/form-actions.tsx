import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";

export type FormActionsProps = {
  /** The verb and the thing: *Generate Token*, never "Submit". */
  submitLabel: string;
  pending: boolean;
  onCancel?: (() => void) | undefined;
  disabledReason?: string | undefined;
  children?: ReactNode;
};

/** The row of buttons at the end of a form. */
export function FormActions(props: FormActionsProps) {
  const { submitLabel, pending, onCancel, disabledReason, children } = props;
  return (
    <ButtonRow>
      {children}
      {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
      <Button type="submit" variant="primary" pending={pending} disabledReason={disabledReason}>
        {submitLabel}
      </Button>
    </ButtonRow>
  );
}
