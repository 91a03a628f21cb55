import Link from "next/link";
import type { ReactNode } from "react";

import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { CommandPalette } from "./command-palette";
import type { Command } from "./command";
import { KeyList } from "./key-list";
import { Logo } from "./logo";
import { type NavGroup, NavLinks } from "./nav-links";
import { NavSheet } from "./nav-sheet";
import { OfflineHold } from "./offline-hold";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";
import { Toasts } from "./toasts";
import { SkipLink } from "./skip-link";

export type AppShellProps = {
  tenancyName: string;
  region: string;
  homeHref: string;
  navigation: readonly NavGroup[];
  /** What ⌘K can reach besides the navigation. */
  commands: readonly Command[];
  jumpKeys: string;
  account: AccountMenuProps;
  theme: Theme;
  children: ReactNode;
};

/** The frame of every signed-in page: top bar, navigation, and the content in the main landmark. */
export function AppShell(props: AppShellProps) {
  const { navigation, commands, account, theme, children } = props;
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-surface pr-2 pl-2 sm:gap-3 sm:px-4">
        <NavSheet groups={navigation} />
        <Link
          href={props.homeHref}
          className="flex items-center gap-2 rounded-control py-1 font-semibold text-ink"
        >
          <Logo className="size-[18px] text-accent" />
          Latchkey
        </Link>
        <span className="hidden min-w-0 truncate text-small text-ink-faint sm:block">
          {props.tenancyName} · {props.region}
        </span>
        <div className="ml-auto flex items-center gap-1 sm:gap-2">
          <CommandPalette
            commands={[...commandsOf(navigation), ...commands]}
            jumpKeys={props.jumpKeys}
          />
          <ThemeSwitch theme={theme} />
          <AccountMenu {...account} />
        </div>
      </header>
      <div className="flex">
        <aside className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-14 shrink-0 border-r border-line px-2.5 py-4 min-[900px]:block xl:w-[216px]">
          <nav aria-label="Main">
            <NavLinks groups={navigation} />
          </nav>
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 pt-5 pb-16 sm:px-6 lg:px-8">
          <div className="max-w-[1120px]">
            <OfflineHold>{children}</OfflineHold>
          </div>
        </main>
      </div>
      <KeyList />
      <Toasts />
    </>
  );
}

function commandsOf(navigation: readonly NavGroup[]): Command[] {
  return navigation.flatMap((group) =>
    group.items.map((item) => ({
      id: item.href,
      label: item.label,
      group: group.label ?? "You",
      href: item.href,
    })),
  );
}
