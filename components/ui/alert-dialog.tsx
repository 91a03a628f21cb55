"use client";

import { lazy, Suspense, useState } from "react";

import type { ConfirmDialogProps } from "./alert-dialog-props";

export const loadConfirm = () => import("./alert-dialog-panel");
const LazyConfirm = lazy(loadConfirm);

/** A question that must be answered. The safe answer has the focus. Loaded at first use. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [wasOpened, setWasOpened] = useState(props.isOpen);
  if (props.isOpen && !wasOpened) setWasOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <LazyConfirm {...props} />
    </Suspense>
  );
}
