"use client";

import { Status } from "@/components/ui/status";
import { useMinute } from "@/lib/client/minute";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { stateWords } from "./credential-state";

export function CredentialStatus({ credential }: { credential: CredentialView }) {
  const { tone, words } = stateWords(credential, useMinute());
  // In a table that is narrow the longest of them takes two lines rather than push the actions out of sight.
  return (
    <Status tone={tone} className="sm:whitespace-normal">
      {words}
    </Status>
  );
}
