"use client";

import { Contrast } from "lucide-react";
import { useState } from "react";

import { buttonStyle } from "@/components/ui/button-style";
import { MenuButton } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";

import { type Theme, themeCookie, themes } from "./theme";

const words = { light: "Light", dark: "Dark", system: "System" } satisfies Record<Theme, string>;
const oneYearSeconds = 31_536_000;

export function ThemeSwitch({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme);
  const choose = (next: Theme) => {
    setChosen(next);
    applyTheme(next);
  };
  const entries: MenuEntry[] = themes.map((each) => ({
    kind: "choice",
    label: words[each],
    isChosen: each === chosen,
    onSelect: () => choose(each),
  }));
  return (
    <MenuButton
      entries={entries}
      label="Theme"
      className={buttonStyle({ variant: "ghost", size: "icon" })}
    >
      <Contrast aria-hidden="true" className="size-4" />
    </MenuButton>
  );
}

/** At once on this page, and by the cookie on every page that the server renders from now on. */
function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${oneYearSeconds}; samesite=lax`;
}
