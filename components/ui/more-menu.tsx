"use client";

import { Ellipsis } from "lucide-react";

import { buttonStyle } from "./button-style";
import { MenuButton } from "./menu";
import type { MenuEntry } from "./menu-entry";

/** The last button in the head of a page: what else may be done with what the page shows. */
export function MoreMenu({ entries }: { entries: readonly MenuEntry[] }) {
  return (
    <MenuButton
      label="More"
      entries={entries}
      className={buttonStyle({ variant: "secondary", size: "icon" })}
    >
      <Ellipsis aria-hidden="true" className="size-4" />
    </MenuButton>
  );
}
