"use client";

import { Menu } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";

import type { MenuEntry } from "./menu-entry";

export type MenuPopupProps = {
  entries: readonly MenuEntry[];
  anchor: RefObject<HTMLButtonElement | null>;
  startAt: "first" | "last";
  onClose: () => void;
};

const itemStyle =
  "flex min-h-8 items-center gap-2 rounded-[5px] px-2.5 text-small outline-none select-none data-highlighted:bg-raised pointer-coarse:min-h-11";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function MenuPopup({ entries, anchor, startAt, onClose }: MenuPopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  useFocusOnOpen(popup, startAt);
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(next, details) => {
        if (next || isOwnButton(details.event.target, anchor.current)) return;
        onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="end" sideOffset={4} className="z-60">
          <Menu.Popup
            ref={popup}
            finalFocus={anchor}
            aria-label={
              anchor.current?.getAttribute("aria-label") ?? anchor.current?.textContent ?? undefined
            }
            className="min-w-44 max-w-[min(20rem,calc(100vw-1rem))] animate-enter rounded-panel border border-line bg-surface p-1 shadow-menu outline-none"
          >
            {entries.map((entry) => (
              <Entry
                key={entry.kind === "separator" ? entry.id : entry.label}
                entry={entry}
                onClose={onClose}
              />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** A press on the menu's own button closes it there, by the click: closing it here too would let the click open it again. */
function isOwnButton(target: EventTarget | null, button: HTMLElement | null) {
  return target instanceof Node && button !== null && button.contains(target);
}

function Entry({ entry, onClose }: { entry: MenuEntry; onClose: () => void }) {
  switch (entry.kind) {
    case "separator":
      return <Menu.Separator className="my-1 h-px bg-line" />;
    case "link":
      return (
        <Menu.LinkItem href={entry.href} closeOnClick className={itemStyle}>
          {entry.label}
        </Menu.LinkItem>
      );
    case "choice":
      return (
        <Menu.CheckboxItem
          checked={entry.isChosen}
          className={itemStyle}
          onCheckedChange={() => {
            entry.onSelect();
            onClose();
          }}
        >
          <Check aria-hidden="true" className={clsx("size-3.5", !entry.isChosen && "invisible")} />
          {entry.label}
        </Menu.CheckboxItem>
      );
    case "action":
      return (
        <Menu.Item
          disabled={entry.disabledReason !== undefined}
          onClick={entry.onSelect}
          className={clsx(
            itemStyle,
            entry.tone === "danger" && "text-danger",
            "data-disabled:text-ink-faint",
          )}
        >
          <span className="py-1.5">
            {entry.label}
            {entry.disabledReason !== undefined && (
              <span className="block text-tiny text-ink-soft">{entry.disabledReason}</span>
            )}
          </span>
        </Menu.Item>
      );
  }
}

/** The menu has no trigger of its own that could tell it to, so the first (or last) entry takes the focus here. */
function useFocusOnOpen(popup: RefObject<HTMLDivElement | null>, startAt: "first" | "last") {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const items = popup.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [];
      items[startAt === "first" ? 0 : items.length - 1]?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [popup, startAt]);
}
