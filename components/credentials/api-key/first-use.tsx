"use client";

import { useQuery } from "@tanstack/react-query";

import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { credentialsQuery } from "@/lib/client/queries";
import { useQueryCache } from "@/lib/client/query-cache";
import type { CredentialView } from "@/lib/domain/credentials/present";

/** Whether the key has signed a request yet; follows the list behind, which is read again while a fresh key waits. */
export function FirstUse({
  credential: { id, ownerId, kind, lastUsed },
}: {
  credential: CredentialView;
}) {
  const { data } = useQuery(credentialsQuery(ownerId, kind), useQueryCache());
  const use = data?.find((credential) => credential.id === id)?.lastUsed ?? lastUsed;
  if (use === null)
    return <Status tone="neutral">Not used yet: its first request shows here</Status>;
  return (
    <Status tone="good" className="whitespace-normal">
      <span>
        In use: last request <RelativeTime instant={use.at} /> from {use.address}
      </span>
    </Status>
  );
}
