"use client";

import { lazy, Suspense, useState } from "react";

import { preloadDialog } from "@/components/ui/dialog";

import type { AuditLine } from "./audit-line";

const loadDialog = () => import("./event-dialog");
const EventDialog = lazy(loadDialog);

function preload() {
  preloadDialog();
  void loadDialog();
}

/** What happened, as the button that opens all that is known of it. */
export function EventButton({ line }: { line: AuditLine }) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <>
      <button
        type="button"
        className="link inline-block min-h-6 rounded-mark text-left wrap-anywhere"
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => {
          setIsOpen(true);
          setWasOpened(true);
        }}
      >
        {line.what}
      </button>
      {wasOpened && (
        <Suspense fallback={null}>
          <EventDialog line={line} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
