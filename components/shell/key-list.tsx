"use client";

import { lazy, Suspense, useState } from "react";

import { useShortcut } from "./shortcuts";

const LazyPanel = lazy(() => import("./key-list-panel"));

/** `?` lists the keys, loaded at the first press; `/` goes to the search of the page's list. */
export function KeyList() {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  useShortcut(
    (event) => event.key === "?",
    () => {
      setWasOpened(true);
      setIsOpen(true);
    },
  );
  useShortcut(isSearchKey, focusListSearch);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <LazyPanel isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </Suspense>
  );
}

function isSearchKey(event: KeyboardEvent) {
  return event.key === "/" && !event.metaKey && !event.ctrlKey && !event.altKey;
}

function focusListSearch(event: KeyboardEvent) {
  const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (search === null) return;
  event.preventDefault();
  search.focus();
  search.select();
}
