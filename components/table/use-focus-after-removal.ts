import { useEffect, useRef } from "react";

/** So long it is watched where the focus goes: the dialog that asked takes a moment to leave, and the focus with it. */
const framesWatched = 60;

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
    if (!isFewer) return;
    let [frame, left] = [0, framesWatched];
    const look = () => {
      if (document.activeElement === document.body) region.current?.focus();
      else if ((left -= 1) > 0) frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [count]);
  return region;
}
