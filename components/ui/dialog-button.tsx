"use client";

import type { ReactNode } from "react";

import { Button } from "./button";
import { type DialogOpener, useDialogOpener } from "./use-dialog-opener";

export type DialogButtonProps = DialogOpener & {
  label: string;
  icon?: ReactNode;
  variant?: "primary" | "secondary" | undefined;
  disabledReason?: string | undefined;
};

/** A button and the dialog that it opens. */
export function DialogButton(props: DialogButtonProps) {
  const { label, icon, variant = "primary", disabledReason } = props;
  const { button, dialog } = useDialogOpener(props);
  return (
    <>
      <Button variant={variant} icon={icon} disabledReason={disabledReason} {...button}>
        {label}
      </Button>
      {dialog}
    </>
  );
}
