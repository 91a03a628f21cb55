"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";

import { RequestError } from "@/lib/client/fetcher";
import { useProofWanted } from "@/lib/client/step-up";

const LazyStepUp = lazy(() => import("@/components/password/step-up-dialog"));

/** What every signed-in page stands in: the query cache, and the step-up dialog when an action demands a proof. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={queries}>
      {children}
      <StepUp />
    </QueryClientProvider>
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

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The page brought the data with it: no second look at once.
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
      },
    },
  });
}

function isRefusal(error: Error): boolean {
  return error instanceof RequestError && error.status < 500;
}
