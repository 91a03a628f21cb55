"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useRef } from "react";

import { buttonStyle } from "@/components/ui/button-style";
import { MenuButton } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";

export type AccountMenuProps = {
  userName: string;
  profileHref: string;
  changePasswordHref: string;
  /** Where a form posts to. */
  signOutHref: string;
};

export function AccountMenu({
  userName,
  profileHref,
  changePasswordHref,
  signOutHref,
}: AccountMenuProps) {
  const form = useRef<HTMLFormElement>(null);
  const entries: MenuEntry[] = [
    { kind: "link", label: "My profile", href: profileHref },
    { kind: "link", label: "Change password", href: changePasswordHref },
    { kind: "separator", id: "before-sign-out" },
    { kind: "action", label: "Sign out", onSelect: () => form.current?.requestSubmit() },
  ];
  return (
    <>
      <span className="hidden max-w-40 truncate text-small text-ink-soft md:block">{userName}</span>
      <MenuButton entries={entries} label="Profile" className={buttonStyle({ variant: "ghost" })}>
        Profile
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </MenuButton>
      <form ref={form} action={signOutHref} method="post">
        <noscript>
          <button
            type="submit"
            className={clsx(buttonStyle({ variant: "secondary" }), "fixed! right-4 bottom-4 z-30")}
          >
            Sign out
          </button>
        </noscript>
      </form>
    </>
  );
}
