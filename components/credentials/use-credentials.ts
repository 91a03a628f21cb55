import { useEffect, useEffectEvent, useRef, useState } from "react";

import { announce } from "@/lib/client/announcements";
import { type ListedKind, type ListReading, waits } from "@/lib/client/credential-list";
import { followCredentials } from "@/lib/client/follow-credentials";
import { useMinute } from "@/lib/client/minute";
import { useCacheHolder } from "@/lib/client/query-cache-holder";
import { useReturned } from "@/lib/client/returned";
import type { CredentialView } from "@/lib/domain/credentials/present";

/**
 * A user's credentials of one kind: at first as the page's HTML brought them. The list is read again, and followed from
 * then on, once there is a reason: the page comes back into sight, something may change it (`isTouched`), or a fresh
 * credential waits for its first use. `isFirstUse` marks what was used for the first time since.
 */
export function useCredentials({
  noun,
  isTouched,
  ...listed
}: ListedKind & { noun: string; isTouched: boolean }) {
  const { reading, readAgain } = useReading(listed, isTouched);
  const data = reading?.data ?? listed.newest;
  const isFirstUse = useFirstUses(data, noun);
  return { data, error: reading?.error ?? null, readAgain, isFirstUse };
}

function useReading(listed: ListedKind, isTouched: boolean) {
  const holder = useCacheHolder();
  const [reading, setReading] = useState<ListReading>();
  /** How often it was begun to follow the list; 0 until there is a reason. */
  const [begun, setBegun] = useState(0);
  const hasReturned = useReturned();
  const isWaiting = waits(listed.newest, useMinute());
  if (begun === 0 && (isTouched || hasReturned || isWaiting)) setBegun(1);

  const follow = useEffectEvent(() => followCredentials(holder, listed, setReading));
  useEffect(() => (begun === 0 ? undefined : follow()), [begun]);
  return { reading, readAgain: () => setBegun(begun + 1) };
}

function useFirstUses(credentials: readonly CredentialView[], noun: string) {
  const unused = useRef<ReadonlySet<string>>(new Set());
  const [firstUses, setFirstUses] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
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
