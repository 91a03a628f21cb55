import { createContext, use, useLayoutEffect } from "react";

/** Of the surrounding dialog: holds it open until the returned function is called. */
export const DialogHold = createContext<(() => () => void) | null>(null);

/** While something inside is under way its dialog stays: closing it would stop nothing, and hide what came of it. */
export function useDialogHold(isUnderWay: boolean): void {
  const hold = use(DialogHold);
  useLayoutEffect(() => (isUnderWay ? hold?.() : undefined), [hold, isUnderWay]);
}
