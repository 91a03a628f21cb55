"use client";

import { Dialog } from "@base-ui/react/dialog";
import { clsx } from "clsx";

import type { DialogCloseReason, DialogProps } from "./dialog-props";
import { backdropStyle, dialogContainer, popupStyle } from "./dialog-style";

const widths = { small: "max-w-[25rem]", regular: "max-w-[34rem]", wide: "max-w-[46rem]" };

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DialogPanel(props: DialogProps) {
  const {
    isOpen,
    onClose,
    onClosed,
    title,
    description,
    children,
    footer,
    size = "regular",
    initialFocus,
    role = "dialog",
  } = props;
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(next, details) => !next && onClose(closeReason(details.reason))}
      onOpenChangeComplete={(next) => !next && onClosed?.()}
    >
      <Dialog.Portal container={dialogContainer()}>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Popup
          role={role}
          className={clsx(popupStyle, widths[size])}
          initialFocus={initialFocus}
        >
          <header className="px-5 pt-5 pb-3">
            <Dialog.Title className="text-section font-semibold break-words">{title}</Dialog.Title>
            {description !== undefined && (
              <Dialog.Description className="mt-1 text-ink-soft">{description}</Dialog.Description>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function closeReason(reason: Dialog.Root.ChangeEventReason): DialogCloseReason {
  if (reason === "escape-key") return "escape";
  return reason === "outside-press" ? "outside" : "close-button";
}
