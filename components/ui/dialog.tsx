"use client";

import { lazy, Suspense, useState } from "react";

import type { DialogProps } from "./dialog-props";

const loadPanel = () => import("./dialog-panel");
const LazyPanel = lazy(loadPanel);

/** Fetches the dialog's code ahead, for instance when its button gets the pointer or the focus. */
export function preloadDialog(): void {
  void loadPanel();
}

/** A modal dialog named by its title. Its code is loaded when it opens for the first time. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setWasOpened] = useState(props.isOpen);
  if (props.isOpen && !wasOpened) setWasOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <LazyPanel {...props} />
    </Suspense>
  );
}
