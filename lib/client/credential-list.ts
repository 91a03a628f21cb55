import type { CredentialView } from "@/lib/domain/credentials/present";

export type ListedKind = {
  ownerId: string;
  kindId: string;
  /** What the page's own HTML brought. */
  newest: readonly CredentialView[];
};

export type ListReading = { data?: readonly CredentialView[] | undefined; error: Error | null };

const forMilliseconds = 10 * 60_000;

export function credentialsKey(ownerId: string, kindId: string) {
  return ["users", ownerId, "credentials", kindId] as const;
}

/** Whether one of them is fresh, works and was never used: its first use is worth waiting for, ten minutes at most. */
export function waits(credentials: readonly CredentialView[] | undefined, now: number): boolean {
  return (credentials ?? []).some(
    ({ state, lastUsed, createdAt }) =>
      state === "active" && lastUsed === null && now - Date.parse(createdAt) < forMilliseconds,
  );
}
