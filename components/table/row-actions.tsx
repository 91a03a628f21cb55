"use client";

import { Ellipsis } from "lucide-react";

import { buttonStyle } from "@/components/ui/button-style";
import { MenuButton } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";

/** The last control of a row: the button *Actions* and its menu. */
export function RowActions({ entries }: { entries: readonly MenuEntry[] }) {
  return (
    <MenuButton
      entries={entries}
      label="Actions"
      className={buttonStyle({ variant: "ghost", size: "icon" })}
    >
      <Ellipsis aria-hidden="true" className="size-4" />
    </MenuButton>
  );
}
