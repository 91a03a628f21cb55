import { useState } from "react";

import type { DialogCloseReason } from "@/components/ui/dialog-props";

export type RevealClosing = {
  /** For *Close*, Esc and a press outside: closes, or asks while nothing was saved. */
  request: () => void;
  /**
   * The `onClose` of a dialog that asks first and reveals afterwards: until then it is cancelled, but not by a press
   * outside.
   */
  onClose: (isRevealed: boolean, cancel: () => void) => (reason: DialogCloseReason) => void;
  isAsking: boolean;
  stay: () => void;
  leave: () => void;
  isSaved: boolean;
  setSaved: (isSaved: boolean) => void;
};

/**
 * The way out of a dialog that shows a secret once. Give `request` to the dialog's `onClose` and the whole to its
 * `RevealPanel`, which asks before the only copy is lost.
 */
export function useRevealClosing(close: () => void): RevealClosing {
  const [isAsking, setAsking] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const leave = () => {
    setAsking(false);
    setSaved(false);
    close();
  };
  const request = () => (isSaved ? leave() : setAsking(true));
  return {
    request,
    onClose: (isRevealed, cancel) => (reason) => {
      if (isRevealed) request();
      else if (reason !== "outside") cancel();
    },
    isAsking,
    stay: () => setAsking(false),
    leave,
    isSaved,
    setSaved,
  };
}
