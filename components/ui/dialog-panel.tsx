"use client";

import { Dialog } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { useCallback, useEffect, useRef } from "react";

import { DialogHold } from "./dialog-hold";
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
  const body = useBodyFromTheTop(title);
  const holds = useRef(0);
  const hold = useCallback(() => {
    holds.current += 1;
    return () => {
      holds.current -= 1;
    };
  }, []);
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(next, details) =>
        !next && holds.current === 0 && onClose(closeReason(details.reason))
      }
      onOpenChangeComplete={(next) => !next && onClosed?.()}
    >
      <Dialog.Portal container={dialogContainer()}>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Popup
          role={role}
          className={clsx(popupStyle, widths[size])}
          initialFocus={initialFocus}
        >
          <header className="px-5 pt-5 pb-1">
            <Dialog.Title className="text-section font-semibold break-words">{title}</Dialog.Title>
          </header>
          <div
            ref={body}
            data-dialog-body=""
            className="scroll-line min-h-0 flex-1 scroll-pb-16 overflow-y-auto px-5"
          >
            {description !== undefined && (
              <Dialog.Description className="text-pretty text-ink-soft">
                {description}
              </Dialog.Description>
            )}
            {children !== undefined && (
              <div className="pt-3 pb-5">
                <DialogHold value={hold}>{children}</DialogHold>
              </div>
            )}
          </div>
          {Boolean(footer) && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What follows in the same dialog under another title begins at its top. */
function useBodyFromTheTop(title: DialogProps["title"]) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    body.current?.scrollTo(0, 0);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [title]);
  return body;
}

function closeReason(reason: Dialog.Root.ChangeEventReason): DialogCloseReason {
  if (reason === "escape-key") return "escape";
  return reason === "outside-press" ? "outside" : "close-button";
}
