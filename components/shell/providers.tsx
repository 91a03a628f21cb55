"use client";

import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import { type CacheHolder, CacheHolderContext } from "@/lib/client/query-cache-holder";
import { reason } from "@/lib/client/reason";
import { sessionEnd } from "@/lib/client/session-end";
import { proof } from "@/lib/client/step-up";

const LazySessionEnd = lazy(() => import("@/components/password/session-end-dialog"));
const LazyStepUp = lazy(() => import("@/components/password/step-up-dialog"));
const LazyReason = lazy(() => import("@/components/users/reason-dialog"));

/** Whoever is signed in. */
type Viewer = {
  userName: string;
  /** A code proves them as well as the password. */
  hasSecondFactor: boolean;
};

/** What every signed-in page stands in: the query cache, and the dialogs that an action may demand. */
export function Providers({ children, ...viewer }: Viewer & { children: ReactNode }) {
  const [holder] = useState<CacheHolder>({});
  useEffect(() => () => holder.cache?.unmount(), [holder]);
  return (
    <CacheHolderContext value={holder}>
      {children}
      <Demands {...viewer} />
    </CacheHolderContext>
  );
}

/** The dialogs that an action may demand, each loaded at the first demand. */
function Demands({ userName, hasSecondFactor }: Viewer) {
  const endTold = sessionEnd.useAsked();
  const proofAsked = proof.useAsked();
  const reasonAsked = reason.useAsked();
  const wasEndTold = useWasEver(endTold !== undefined);
  const wasProofAsked = useWasEver(proofAsked !== undefined);
  const wasReasonAsked = useWasEver(reasonAsked !== undefined);
  return (
    <Suspense fallback={null}>
      {wasProofAsked && (
        <LazyStepUp isOpen={proofAsked !== undefined} hasSecondFactor={hasSecondFactor} />
      )}
      {wasEndTold && <LazySessionEnd isOpen={endTold !== undefined} userName={userName} />}
      {wasReasonAsked && <LazyReason about={reasonAsked} />}
    </Suspense>
  );
}

function useWasEver(isNow: boolean): boolean {
  const [wasEver, setWasEver] = useState(isNow);
  if (isNow && !wasEver) setWasEver(true);
  return wasEver;
}
