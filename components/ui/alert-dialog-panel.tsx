"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { clsx } from "clsx";
import { useRef, useState } from "react";

import type { ConfirmDialogProps } from "./alert-dialog-props";
import { Button } from "./button";
import { Checkbox } from "./checkbox";
import { backdropStyle, dialogContainer, popupStyle } from "./dialog-style";
import { InlineAlert } from "./inline-alert";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ConfirmPanel(props: ConfirmDialogProps) {
  const { isOpen, title, pending } = props;
  // What is under way is not taken back by closing the question.
  const onCancel = () => !pending && props.onCancel();
  const safeChoice = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(next) => !next && onCancel()}>
      <AlertDialog.Portal container={dialogContainer()}>
        <AlertDialog.Backdrop forceRender className={backdropStyle} />
        <AlertDialog.Popup className={clsx(popupStyle, "max-w-[27rem]")} initialFocus={safeChoice}>
          <div className="min-h-0 overflow-y-auto px-5 pt-5 pb-4">
            <AlertDialog.Title className="text-section font-semibold break-words">
              {title}
            </AlertDialog.Title>
            <Answers {...props} onCancel={onCancel} safeChoice={safeChoice} />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Answers({
  safeChoice,
  ...props
}: ConfirmDialogProps & { safeChoice: React.RefObject<HTMLButtonElement | null> }) {
  const {
    children,
    onCancel,
    onConfirm,
    confirmLabel,
    cancelLabel = "Cancel",
    tone = "danger",
  } = props;
  const [isAgreed, setIsAgreed] = useState(props.requirement === undefined);
  return (
    <>
      <AlertDialog.Description render={<div />} className="mt-2 space-y-2 text-ink-soft">
        {children}
      </AlertDialog.Description>
      {props.requirement !== undefined && (
        <Checkbox
          className="mt-3"
          label={props.requirement}
          checked={isAgreed}
          onChange={(event) => setIsAgreed(event.target.checked)}
        />
      )}
      {props.error !== null && (
        <InlineAlert className="mt-3" requestId={props.error.requestId}>
          {props.error.message}
        </InlineAlert>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button ref={safeChoice} aria-disabled={props.pending || undefined} onClick={onCancel}>
          {cancelLabel}
        </Button>
        <Button
          variant={tone}
          pending={props.pending}
          disabledReason={props.disabledReason}
          onClick={onConfirm}
          {...(!isAgreed && { "aria-disabled": true, onClick: undefined })}
        >
          {confirmLabel}
        </Button>
      </div>
    </>
  );
}
