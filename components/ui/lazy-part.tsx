"use client";

import { type ComponentType, lazy, Suspense, useEffect, useMemo, useState } from "react";

/**
 * A part of the page whose HTML comes from the server and whose code comes after the page's. Until that code is there the
 * part keeps what it was first given: at a change React would throw the server's HTML away, buttons that somebody may have
 * pressed included (see `earlyClicksScript`), and show nothing.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  const Part: ComponentType<Props> = lazy(load);
  return function LazyPart(props: Props) {
    const [isThere, setThere] = useState(false);
    const [first] = useState(props);
    const given = isThere ? props : first;
    return useMemo(
      () => (
        <Suspense fallback={null}>
          <Part {...given} />
          <Arrival onArrival={setThere} />
        </Suspense>
      ),
      [given],
    );
  };
}

function Arrival({ onArrival }: { onArrival: (isThere: true) => void }) {
  useEffect(() => onArrival(true), [onArrival]);
  return null;
}
