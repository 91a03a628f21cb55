import { Menu } from "lucide-react";

import { type NavGroup, NavLinks, navSheetId } from "./nav-links";

/** The navigation below 900 px: the browser's own popover, so it opens before any JavaScript has arrived. */
export function NavSheet({ groups }: { groups: readonly NavGroup[] }) {
  return (
    <>
      <button
        type="button"
        popoverTarget={navSheetId}
        aria-label="Navigation"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-raised hover:text-ink min-[900px]:hidden pointer-coarse:size-11"
      >
        <Menu aria-hidden="true" className="size-4" />
      </button>
      <div
        id={navSheetId}
        popover="auto"
        className="fixed top-0 bottom-0 left-0 m-0 h-dvh max-h-none w-64 max-w-[80vw] border-r border-line bg-surface p-3 shadow-dialog backdrop:bg-veil"
      >
        <nav aria-label="Main navigation">
          <NavLinks groups={groups} isSheet />
        </nav>
      </div>
    </>
  );
}
