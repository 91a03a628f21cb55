"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export type NavItem = {
  label: string;
  href: string;
  icon: ReactNode;
  /** How much waits there, in words. */
  waiting?: string | undefined;
};
export type NavGroup = {
  /** The heading over the group: *Identity & Security*; none for the first. */
  label?: string | undefined;
  items: readonly NavItem[];
};

/** In the sheet every entry has its words; in the column they hide behind the icons below 1280 px. */
export function NavLinks({
  groups,
  isSheet = false,
}: {
  groups: readonly NavGroup[];
  isSheet?: boolean;
}) {
  const path = usePathname();
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group) => (
        <div key={group.label ?? "first"}>
          {group.label !== undefined && (
            <p
              className={clsx("px-2.5 pb-1 text-tiny text-ink-faint", !isSheet && "max-xl:sr-only")}
            >
              {group.label}
            </p>
          )}
          <ul aria-label={group.label} className="flex flex-col gap-px">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} isCurrent={isBelow(path, item.href)} isSheet={isSheet} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function NavLink({
  item,
  isCurrent,
  isSheet,
}: {
  item: NavItem;
  isCurrent: boolean;
  isSheet: boolean;
}) {
  return (
    <Link
      href={item.href}
      aria-current={isCurrent ? "page" : undefined}
      {...(isSheet && { onClick: closeSheet })}
      className={clsx(
        "group relative flex h-8 items-center gap-2.5 rounded-control px-2.5 text-small pointer-coarse:h-11",
        isCurrent
          ? "bg-accent-wash font-medium text-ink"
          : "text-ink-soft hover:bg-raised hover:text-ink",
      )}
    >
      <span aria-hidden="true" className={clsx("[&>svg]:size-4", isCurrent && "text-accent")}>
        {item.icon}
      </span>
      <span className={isSheet ? undefined : besideTheIcon}>{item.label}</span>
      {item.waiting !== undefined && (
        <span
          className={clsx(
            "ml-auto rounded-full bg-accent px-1.5 text-tiny text-on-accent tabular-nums",
            !isSheet && "max-xl:absolute max-xl:-top-0.5 max-xl:right-0",
          )}
        >
          {item.waiting}
          <span className="sr-only"> waiting</span>
        </span>
      )}
    </Link>
  );
}

const besideTheIcon = clsx(
  "max-xl:pointer-events-none max-xl:absolute max-xl:left-full max-xl:z-40 max-xl:ml-2 max-xl:rounded-control max-xl:border max-xl:border-line",
  "max-xl:bg-surface max-xl:px-2 max-xl:py-1 max-xl:font-normal max-xl:whitespace-nowrap max-xl:text-ink max-xl:opacity-0 max-xl:shadow-menu",
  "max-xl:group-hover:opacity-100 max-xl:group-focus-visible:opacity-100",
);

export const navSheetId = "navigation-sheet";

function closeSheet() {
  document.getElementById(navSheetId)?.hidePopover();
}

function isBelow(path: string, href: string) {
  const section = href.startsWith("/profile/") ? "/profile" : href;
  return path === section || path.startsWith(`${section}/`);
}
