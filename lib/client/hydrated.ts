import { useSyncExternalStore } from "react";

/** False in the server's HTML and during hydration, true afterwards; never causes a mismatch. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

function neverChanges() {
  return () => {};
}
