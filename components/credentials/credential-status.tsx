"use client";

import { Status } from "@/components/ui/status";
import { useMinute } from "@/lib/client/minute";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { stateWords } from "./credential-state";

export function CredentialStatus({ credential }: { credential: CredentialView }) {
  const { tone, words } = stateWords(credential, useMinute());
  return <Status tone={tone}>{words}</Status>;
}
