import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";

export type FormActionsProps = {
  /** The verb and the thing: *Generate Token*, never "Submit". */
  submitLabel: string;
  pending: boolean;
  /** Off while pending: what is under way is not taken back by it. */
  onCancel?: (() => void) | undefined;
  disabledReason?: string | undefined;
  isReasonPlain?: boolean | undefined;
  children?: ReactNode;
};

/** The row of buttons at the end of a form. */
export function FormActions(props: FormActionsProps) {
  const { submitLabel, pending, onCancel, disabledReason, isReasonPlain, children } = props;
  return (
    <ButtonRow>
      {children}
      {onCancel !== undefined && (
        <Button aria-disabled={pending || undefined} onClick={pending ? undefined : onCancel}>
          Cancel
        </Button>
      )}
      <Button
        type="submit"
        variant="primary"
        pending={pending}
        disabledReason={disabledReason}
        isReasonPlain={isReasonPlain}
      >
        {submitLabel}
      </Button>
    </ButtonRow>
  );
}
