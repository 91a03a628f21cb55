"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef } from "react";

import { credentialsKey } from "@/lib/client/credential-list";
import { useCacheHolder } from "@/lib/client/query-cache-holder";
import type { CredentialView } from "@/lib/domain/credentials/present";

import type { PanelState } from "./panel-dialogs";

/** The open dialog follows the list: a use since it was opened changes what deleting means. */
export function withFreshRow(
  state: PanelState,
  credentials: readonly CredentialView[],
): PanelState {
  if (!("credential" in state)) return state;
  const fresh = credentials.find(({ id }) => id === state.credential.id);
  return fresh === undefined ? state : { ...state, credential: fresh };
}

/**
 * After a change: the list, and the counts that the server rendered around it. What had the focus may be gone by then
 * (a deleted row, the button of the empty list), or goes when the list that was read is drawn: it goes to the heading.
 */
export function useRefresh(
  ownerId: string,
  kindId: string,
  heading: RefObject<HTMLHeadingElement | null>,
): () => void {
  const holder = useCacheHolder();
  const router = useRouter();
  const hasChanged = useRef(false);
  useEffect(() => {
    if (hasChanged.current && document.activeElement === document.body) heading.current?.focus();
  });
  return () => {
    hasChanged.current = true;
    router.refresh();
    const queryKey = credentialsKey(ownerId, kindId);
    const isRead = Promise.resolve(holder.cache?.invalidateQueries({ queryKey }));
    void isRead.then(() => requestAnimationFrame(() => focusUnlessWithin(heading.current)));
  };
}

function focusUnlessWithin(heading: HTMLHeadingElement | null) {
  const isWithin = heading?.closest("section")?.contains(document.activeElement);
  if (isWithin === false) heading?.focus();
}
