"use client";

import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import { type CacheHolder, CacheHolderContext } from "@/lib/client/query-cache-holder";
import { reason } from "@/lib/client/reason";
import { proof } from "@/lib/client/step-up";

const LazyStepUp = lazy(() => import("@/components/password/step-up-dialog"));
const LazyReason = lazy(() => import("@/components/users/reason-dialog"));

/** What every signed-in page stands in: the query cache, and the dialogs that an action may demand. */
export function Providers({
  hasSecondFactor,
  children,
}: {
  /** Of whoever is signed in: a code proves them as well as the password. */
  hasSecondFactor: boolean;
  children: ReactNode;
}) {
  const [holder] = useState<CacheHolder>({});
  useEffect(() => () => holder.cache?.unmount(), [holder]);
  return (
    <CacheHolderContext value={holder}>
      {children}
      <Demands hasSecondFactor={hasSecondFactor} />
    </CacheHolderContext>
  );
}

/** The dialogs that an action may demand, each loaded at the first demand. */
function Demands({ hasSecondFactor }: { hasSecondFactor: boolean }) {
  const proofAsked = proof.useAsked();
  const reasonAsked = reason.useAsked();
  const wasProofAsked = useWasEver(proofAsked !== undefined);
  const wasReasonAsked = useWasEver(reasonAsked !== undefined);
  return (
    <Suspense fallback={null}>
      {wasProofAsked && (
        <LazyStepUp isOpen={proofAsked !== undefined} hasSecondFactor={hasSecondFactor} />
      )}
      {wasReasonAsked && <LazyReason about={reasonAsked} />}
    </Suspense>
  );
}

function useWasEver(isNow: boolean): boolean {
  const [wasEver, setWasEver] = useState(isNow);
  if (isNow && !wasEver) setWasEver(true);
  return wasEver;
}
