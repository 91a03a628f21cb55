import { useEffect, useEffectEvent } from "react";

/**
 * Reloading the page, or closing it, loses what stands in it alone just as well: there the browser asks. Going back or
 * forward stays here and calls `onBack`, which asks, with a function that goes there after all.
 */
export function useLeavingAsks(isAsking: boolean, onBack: (goThere: () => void) => void) {
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
        event.stopImmediatePropagation();
        const { key } = event.destination;
        back(() => void window.navigation.traverseTo(key));
      },
      { signal },
    );
    return () => leaving.abort();
  }, [isAsking]);
}
