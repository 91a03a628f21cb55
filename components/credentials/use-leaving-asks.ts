import { useEffect } from "react";

/** Reloading the page, or closing it, loses the only copy of a secret just as well: there the browser asks. */
export function useLeavingAsks(isAsking: boolean) {
  useEffect(() => {
    if (!isAsking) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isAsking]);
}
