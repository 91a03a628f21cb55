"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { flushSync } from "react-dom";

import { Button } from "@/components/ui/button";
import { useOffline } from "@/lib/client/offline";
import { holdWhileOffline, type Held, whenReachable } from "@/lib/client/offline-hold";

import { OfflineNote } from "./offline-note";
import { ProblemPage } from "./problem-page";

/**
 * Keeps a page that cannot be left for want of a network: whoever follows a link sees a page of ours instead of the
 * browser's, and what they have typed is still there when they come back to it.
 */
export function OfflineHold({ children }: { children: ReactNode }) {
  const isOffline = useOffline();
  const here = usePathname();
  const [held, setHeld] = useState<Held & { here: string }>();
  useEffect(() => holdWhileOffline((found) => setHeld({ ...found, here })), [here]);
  const isShown = held !== undefined && held.here === here;
  const href = isShown ? held.href : undefined;
  useEffect(() => {
    if (isOffline || href === undefined) return;
    return whenReachable(() => window.location.assign(href));
  }, [isOffline, href]);
  const stay = () => {
    flushSync(() => setHeld(undefined));
    held?.from?.focus();
  };
  const showsPage = isShown && (isOffline || href !== undefined);
  return (
    <>
      {showsPage ? (
        <div ref={takeFocus} tabIndex={-1} className="outline-none">
          <ProblemPage
            title="You are offline"
            actions={
              <Button onClick={stay}>
                {href === undefined ? "Back to the form" : "Stay on this page"}
              </Button>
            }
          >
            {href === undefined ? (
              <p>
                Nothing was sent: there is no network at the moment. What you typed is kept; send it
                once the network is back.
              </p>
            ) : (
              <p>
                The page that you want cannot be fetched: there is no network at the moment. It
                opens by itself once the network is back.
              </p>
            )}
          </ProblemPage>
        </div>
      ) : (
        <OfflineNote />
      )}
      <div hidden={showsPage}>{children}</div>
    </>
  );
}

const takeFocus = (node: HTMLElement | null) => node?.focus();
