import { useEffect } from "react";

import { isDialogOpen } from "@/lib/client/open-dialog";
import { readSingleKeys } from "@/lib/client/single-keys";

/** Calls back for a key pressed anywhere; single characters are left to whoever is being typed into. */
export function useShortcut(
  matches: (event: KeyboardEvent) => boolean,
  press: (event: KeyboardEvent) => void,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !matches(event)) return;
      const hasModifier = event.metaKey || event.ctrlKey;
      if (!hasModifier && (isTyping(event.target) || isDialogOpen() || !readSingleKeys())) return;
      press(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });
}

function isTyping(target: EventTarget | null) {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=menu]") !== null
  );
}
