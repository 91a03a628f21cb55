"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

import { Button } from "@/components/ui/button";

import { ProblemPage } from "./problem-page";

const secondsBetweenTries = 4;

/** Stands in for what could not be read; looks again by itself, with JavaScript and without. */
export function DatabaseAway() {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();
  const tryAgain = () => startTrying(() => router.refresh());
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") startTrying(() => router.refresh());
    }, secondsBetweenTries * 1000);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <ProblemPage
      title="The database is away"
      code="503"
      actions={
        <Button variant="primary" pending={isTrying} onClick={tryAgain}>
          Try again now
        </Button>
      }
    >
      <noscript>
        <meta httpEquiv="refresh" content={String(secondsBetweenTries)} />
      </noscript>
      <output className="block">
        Latchkey runs, but cannot reach its database at the moment. Nothing is lost. This page looks
        again every {secondsBetweenTries} seconds and comes back by itself.
      </output>
      <p>If it stays like this, tell whoever runs this server.</p>
    </ProblemPage>
  );
}
