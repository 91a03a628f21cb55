import { useEffect, useState } from "react";

/** Whether this page has come back into sight, or its network has come back, since it was opened. */
export function useReturned(): boolean {
  const [hasReturned, setReturned] = useState(false);
  useEffect(() => {
    if (hasReturned) return;
    const look = () => document.visibilityState === "visible" && setReturned(true);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [hasReturned]);
  return hasReturned;
}
