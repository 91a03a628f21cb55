import type { ReactNode, RefObject } from "react";

/** Why a dialog wants to close; whoever owns `isOpen` may keep it open. */
export type DialogCloseReason = "escape" | "outside" | "close-button";

export type DialogProps = {
  isOpen: boolean;
  /** Not called while a form inside waits for its answer. */
  onClose: (reason: DialogCloseReason) => void;
  /** After the dialog has left the screen: the moment to refresh what lies behind it. */
  onClosed?: (() => void) | undefined;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** The row of buttons at its end; leave it out when a form inside has its own. One of them must close: there is no ×. */
  footer?: ReactNode;
  size?: "small" | "regular" | "wide" | undefined;
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** For a dialog that begins with a question about consequences and goes on after the answer. */
  role?: "dialog" | "alertdialog" | undefined;
};
