import { useEffect, useRef } from "react";

/**
 * For the region around a table of `count` rows: the focus goes back to the row's own button, and with the row it would
 * be lost.
 */
export function useFocusAfterRemoval(count: number) {
  const region = useRef<HTMLDivElement>(null);
  const former = useRef(count);
  useEffect(() => {
    const isFewer = count < former.current;
    former.current = count;
    if (isFewer && document.activeElement === document.body) region.current?.focus();
  }, [count]);
  return region;
}
