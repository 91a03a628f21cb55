import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { announce } from "@/lib/client/announcements";
import { credentialsQuery } from "@/lib/client/queries";
import type { CredentialView } from "@/lib/domain/credentials/present";

const everyMilliseconds = 3_000;
const forMilliseconds = 10 * 60_000;

type ListedKind = {
  ownerId: string;
  kindId: string;
  noun: string;
  /** What the page's own HTML brought. */
  newest: readonly CredentialView[];
};

/**
 * A user's credentials of one kind. While a fresh one waits for its first use the list is read every few seconds, only
 * while the page is in sight and for ten minutes at most; `isFirstUse` marks what was used for the first time since.
 */
export function useCredentials(listed: ListedKind) {
  const { ownerId, kindId, noun, newest } = listed;
  const list = useQuery({
    ...credentialsQuery(ownerId, kindId),
    initialData: newest,
    refetchInterval: ({ state }) => (waits(state.data, Date.now()) ? everyMilliseconds : false),
    refetchIntervalInBackground: false,
  });
  const isFirstUse = useFirstUses(list.data, noun);
  return { ...list, isFirstUse };
}

/** Whether a credential is fresh, works and was never used. */
export function waits(credentials: readonly CredentialView[] | undefined, now: number): boolean {
  return (credentials ?? []).some(
    ({ state, lastUsed, createdAt }) =>
      state === "active" && lastUsed === null && now - Date.parse(createdAt) < forMilliseconds,
  );
}

function useFirstUses(credentials: readonly CredentialView[] | undefined, noun: string) {
  const unused = useRef<ReadonlySet<string>>(new Set());
  const [firstUses, setFirstUses] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (credentials === undefined) return;
    const begun = credentials.filter(
      ({ id, lastUsed }) => lastUsed !== null && unused.current.has(id),
    );
    unused.current = new Set(
      credentials.filter(({ lastUsed }) => lastUsed === null).map(({ id }) => id),
    );
    if (begun.length === 0) return;
    setFirstUses((known) => new Set([...known, ...begun.map(({ id }) => id)]));
    for (const { name } of begun) announce(`The ${noun} “${name}” was used for the first time.`);
  }, [credentials, noun]);
  return (credential: CredentialView) => firstUses.has(credential.id);
}
