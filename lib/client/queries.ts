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

/** One of a list that is too long to send, for a field that names one. */
export interface Suggested {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Of users. */
  readonly kind?: string;
  /** Of groups. */
  readonly isAdministrators?: boolean;
}

export type SuggestedList = "users" | "groups";

/** The few that a text finds. */
export function suggestedQuery(list: SuggestedList, search: string) {
  return queryOptions({
    queryKey: [list, "suggested", search],
    queryFn: ({ signal }) =>
      fetchJson<readonly Suggested[]>(
        `/api/console/${list}?search=${encodeURIComponent(search)}`,
        signal,
      ),
  });
}
