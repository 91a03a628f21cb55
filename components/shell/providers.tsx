"use client";

import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import { type CacheHolder, CacheHolderContext } from "@/lib/client/query-cache-holder";
import { useProofWanted } from "@/lib/client/step-up";

const LazyStepUp = lazy(() => import("@/components/password/step-up-dialog"));

/** What every signed-in page stands in: the query cache, and the step-up dialog when an action demands a proof. */
export function Providers({ children }: { children: ReactNode }) {
  const [holder] = useState<CacheHolder>({});
  useEffect(() => () => holder.cache?.unmount(), [holder]);
  return (
    <CacheHolderContext value={holder}>
      {children}
      <StepUp />
    </CacheHolderContext>
  );
}

function StepUp() {
  const isWanted = useProofWanted();
  const [wasWanted, setWasWanted] = useState(false);
  if (isWanted && !wasWanted) setWasWanted(true);
  if (!wasWanted) return null;
  return (
    <Suspense fallback={null}>
      <LazyStepUp isOpen={isWanted} />
    </Suspense>
  );
}
