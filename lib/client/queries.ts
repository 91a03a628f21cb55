import { queryOptions } from "@tanstack/react-query";

import type { CredentialView } from "@/lib/domain/credentials/present";
import type { GrantedScopes } from "@/lib/domain/oauth/granted-scopes";

import { credentialsKey } from "./credential-list";
import { fetchJson } from "./fetcher";

/** A user's credentials of one kind, from the console's own address. */
export function credentialsQuery(ownerId: string, kindId: string) {
  return queryOptions({
    queryKey: credentialsKey(ownerId, kindId),
    queryFn: ({ signal }) =>
      fetchJson<readonly CredentialView[]>(
        `/api/console/users/${encodeURIComponent(ownerId)}/credentials/${encodeURIComponent(kindId)}`,
        signal,
      ),
    // Every visit comes with the newest in its HTML.
    gcTime: 0,
  });
}

/** What can be chosen for an OAuth 2.0 client credential of this user; grants change, so each opening reads it anew. */
export function grantedScopesQuery(ownerId: string) {
  return queryOptions({
    queryKey: ["users", ownerId, "granted-scopes"],
    queryFn: ({ signal }) =>
      fetchJson<GrantedScopes>(
        `/api/console/users/${encodeURIComponent(ownerId)}/granted-scopes`,
        signal,
      ),
    staleTime: 0,
  });
}

export type SuggestedUser = { id: string; name: string; description: string };

/** The few users whom a text finds, for a field that names one. */
export function suggestedUsersQuery(search: string) {
  return queryOptions({
    queryKey: ["users", "suggested", search],
    queryFn: ({ signal }) =>
      fetchJson<readonly SuggestedUser[]>(
        `/api/console/users?search=${encodeURIComponent(search)}`,
        signal,
      ),
  });
}
