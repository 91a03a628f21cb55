"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";

import { Button } from "@/components/ui/button";

import { ProblemPage } from "./problem-page";

export type BrokenPageProps = {
  error: Error & { digest?: string };
  reset: () => void;
};

/** A page that failed through our fault: says so, offers another try, and gives the request id to quote. */
export function BrokenPage({ error, reset }: BrokenPageProps) {
  const router = useRouter();
  const tryAgain = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <ProblemPage
      title="This page broke"
      code="500"
      actions={
        <Button variant="primary" onClick={tryAgain}>
          Try again
        </Button>
      }
    >
      <p role="alert">
        The fault is ours, and it is in the log. Try again; if it stays, tell an administrator the
        request id.
      </p>
      {error.digest !== undefined && (
        <p className="text-small">
          Request <code className="break-all">{error.digest}</code>
        </p>
      )}
    </ProblemPage>
  );
}
