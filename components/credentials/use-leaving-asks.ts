import { useEffect, useEffectEvent } from "react";

/**
 * Reloading the page, or closing it, loses the only copy of a secret just as well: there the browser asks. Going back
 * or forward stays here and calls `onBack`, which asks.
 */
export function useLeavingAsks(isAsking: boolean, onBack: () => void) {
  const back = useEffectEvent(onBack);
  useEffect(() => {
    if (!isAsking) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
    // An entry of its own in the history would stay there, and the router's would be lost with it.
    window.navigation?.addEventListener(
      "navigate",
      (event) => {
        if (event.navigationType !== "traverse" || !event.cancelable) return;
        event.preventDefault();
        back();
      },
      { signal },
    );
    return () => leaving.abort();
  }, [isAsking]);
}
