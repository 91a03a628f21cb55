"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { flushSync } from "react-dom";

import { ConfirmDialog, loadConfirm } from "@/components/ui/alert-dialog";
import { pressedLink } from "@/lib/client/pressed-link";
import { useLeavingAsks } from "@/lib/client/use-leaving-asks";

/** Asks before a link, the way back, a reload or the end of the tab loses what is typed on the page and not saved. */
export function UnsavedGuard({ isUnsaved }: { isUnsaved: boolean }) {
  const router = useRouter();
  const [way, setWay] = useState<{ go: () => void } | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const isOnGuard = isUnsaved && !isLeft;
  useLeavingAsks(isOnGuard, (go) => setWay({ go }));
  const follow = useEffectEvent((event: MouseEvent) => {
    const href = pageBehind(event);
    if (href === undefined || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setWay({ go: () => router.push(href) });
  });
  useEffect(() => {
    if (!isOnGuard) return;
    // The question must be there when the network is not.
    void loadConfirm();
    const guarded = new AbortController();
    // Before the router's own: it follows a link as soon as it hears of the press.
    document.addEventListener("click", follow, { capture: true, signal: guarded.signal });
    return () => guarded.abort();
  }, [isOnGuard]);
  const leave = () => {
    // What asks must have gone before the way is taken.
    flushSync(() => {
      setIsLeft(true);
      setWay(null);
    });
    way?.go();
  };
  return (
    <ConfirmDialog
      isOpen={way !== null}
      onCancel={() => setWay(null)}
      onConfirm={leave}
      title="Leave without saving?"
      cancelLabel="Stay"
      confirmLabel="Leave"
      pending={false}
      error={null}
    >
      <p>What you have changed on this page is not saved. Whoever leaves loses it.</p>
    </ConfirmDialog>
  );
}

/** The page that a press leads to; none for another place of this one, and for what saves a file. */
function pageBehind(event: MouseEvent): string | undefined {
  const link = pressedLink(event);
  if (link === undefined || link.hasAttribute("download")) return undefined;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return isHere ? undefined : link.pathname + link.search + link.hash;
}
