"use client";

import type { ReactNode } from "react";
import { createPortal } from "react-dom";

import { useHydrated } from "@/lib/client/hydrated";

/** What goes to the printer instead of the page while this is mounted; never seen on the screen. */
export function PrintSheet({ children }: { children: ReactNode }) {
  if (!useHydrated()) return null;
  return createPortal(<div data-print-sheet="">{children}</div>, document.body);
}
