import { type ReactNode, Suspense, useState } from "react";

import { preloadDialog } from "./dialog";

export type DialogOpener = {
  /** Draws a `lazy` dialog: its code comes at first use. */
  renderDialog: (state: { isOpen: boolean; onClose: () => void }) => ReactNode;
  /** Fetches that code ahead, when the button gets the pointer or the focus. */
  preload: () => void;
};

/** What a button needs to open a dialog, and the dialog, to be drawn beside it. */
export function useDialogOpener({ renderDialog, preload }: DialogOpener) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const ahead = () => {
    preloadDialog();
    preload();
  };
  const onClick = () => {
    setIsOpen(true);
    setWasOpened(true);
  };
  const dialog = wasOpened && (
    <Suspense fallback={null}>{renderDialog({ isOpen, onClose: () => setIsOpen(false) })}</Suspense>
  );
  return { button: { onPointerEnter: ahead, onFocus: ahead, onClick }, dialog };
}
