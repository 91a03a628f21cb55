"use client";

import { type ReactNode, Suspense, useState } from "react";

import { Button } from "./button";
import { preloadDialog } from "./dialog";

export type DialogButtonProps = {
  label: string;
  icon?: ReactNode;
  variant?: "primary" | "secondary" | undefined;
  /** Draws a `lazy` dialog: its code comes at first use. */
  renderDialog: (state: { isOpen: boolean; onClose: () => void }) => ReactNode;
  /** Fetches that code ahead, when the button gets the pointer or the focus. */
  preload: () => void;
  disabledReason?: string | undefined;
};

/** A button and the dialog that it opens. */
export function DialogButton(props: DialogButtonProps) {
  const { label, icon, variant = "primary", renderDialog, preload, disabledReason } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const ahead = () => {
    preloadDialog();
    preload();
  };
  return (
    <>
      <Button
        variant={variant}
        icon={icon}
        disabledReason={disabledReason}
        onPointerEnter={ahead}
        onFocus={ahead}
        onClick={() => {
          setIsOpen(true);
          setWasOpened(true);
        }}
      >
        {label}
      </Button>
      {wasOpened && (
        <Suspense fallback={null}>
          {renderDialog({ isOpen, onClose: () => setIsOpen(false) })}
        </Suspense>
      )}
    </>
  );
}
