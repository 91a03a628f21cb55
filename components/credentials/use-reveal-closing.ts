import { useState } from "react";

export type RevealClosing = {
  /** For *Close*, Esc and a press outside: closes, or asks while nothing was saved. */
  request: () => void;
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
  return {
    request: () => (isSaved ? leave() : setAsking(true)),
    isAsking,
    stay: () => setAsking(false),
    leave,
    isSaved,
    setSaved,
  };
}
