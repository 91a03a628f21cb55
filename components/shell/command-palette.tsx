"use client";

import { Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { Kbd } from "@/components/ui/kbd";
import { isDialogOpen } from "@/lib/client/open-dialog";

import { useShortcut } from "./shortcuts";
import type { Command } from "./command";

const loadPanel = () => import("./command-panel");
const LazyPanel = lazy(loadPanel);
const preload = () => void loadPanel();

/** ⌘K, or Ctrl K: jump to any page. The list itself is loaded at first use. */
export function CommandPalette({
  commands,
  jumpKeys,
}: {
  commands: readonly Command[];
  /** As the reader's keyboard has them. */
  jumpKeys: string;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const open = () => {
    setWasOpened(true);
    setIsOpen(true);
  };
  useShortcut(isJumpKey, (event) => {
    event.preventDefault();
    if (isOpen) setIsOpen(false);
    // Going to another page would take with it what a dialog shows, which may be the only copy of a secret.
    else if (!isDialogOpen()) open();
  });
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label="Search or jump to…"
        aria-keyshortcuts="Meta+K Control+K"
        onPointerEnter={preload}
        onFocus={preload}
        onClick={open}
        className="flex size-8 items-center justify-center gap-2 rounded-control border-line text-small text-ink-soft hover:border-line-strong hover:text-ink max-md:hover:bg-raised md:w-64 md:justify-start md:border md:bg-page md:pr-1.5 md:pl-2.5 pointer-coarse:min-h-11 pointer-coarse:min-w-11"
      >
        <Search aria-hidden="true" className="size-4 md:size-3.5" />
        <span aria-hidden="true" className="hidden flex-1 text-left md:block">
          Search or jump to…
        </span>
        <span aria-hidden="true" className="hidden md:block pointer-coarse:hidden">
          <Kbd>{jumpKeys}</Kbd>
        </span>
      </button>
      {wasOpened && (
        <Suspense fallback={null}>
          <LazyPanel commands={commands} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function isJumpKey(event: KeyboardEvent) {
  return (
    (event.metaKey || event.ctrlKey) &&
    !event.shiftKey &&
    !event.altKey &&
    event.key.toLowerCase() === "k"
  );
}
