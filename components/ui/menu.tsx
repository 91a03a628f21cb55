"use client";

import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from "react";

import type { MenuEntry } from "./menu-entry";

export type MenuButtonProps = {
  entries: readonly MenuEntry[];
  /** The accessible name, where the children are an icon. */
  label?: string | undefined;
  children: ReactNode;
  className?: string | undefined;
};

const loadMenu = () => import("./menu-popup");
const LazyMenu = lazy(loadMenu);
const preload = () => void loadMenu();

/** A button with a menu. The menu's code comes when the button gets the pointer or the focus, not with the page. */
export function MenuButton({ entries, label, children, className }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [opening, setOpening] = useState<"first" | "last" | null>(null);
  const isOpen = opening !== null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (isOpen || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    setOpening(event.key === "ArrowUp" ? "last" : "first");
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(label !== undefined && { "aria-label": label })}
        className={className}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setOpening(isOpen ? null : "first")}
        onKeyDown={onKeyDown}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <LazyMenu
            entries={entries}
            anchor={button}
            startAt={opening}
            onClose={() => setOpening(null)}
          />
        </Suspense>
      )}
    </>
  );
}
