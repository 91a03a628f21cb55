import { queryOptions } from "@tanstack/react-query";

import type { CredentialView } from "@/lib/domain/credentials/present";

import { fetchJson } from "./fetcher";

export function credentialsKey(ownerId: string, kindId: string) {
  return ["users", ownerId, "credentials", kindId] as const;
}

/** A user's credentials of one kind, as the page prefetched them; refetched from the console's own address. */
export function credentialsQuery(ownerId: string, kindId: string) {
  return queryOptions({
    queryKey: credentialsKey(ownerId, kindId),
    queryFn: ({ signal }) =>
      fetchJson<readonly CredentialView[]>(
        `/api/console/users/${encodeURIComponent(ownerId)}/credentials/${encodeURIComponent(kindId)}`,
        signal,
      ),
  });
}
