"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";

export type Section = {
  label: string;
  href: string;
  /** Shown as "2/3". */
  usage?: { used: number; limit: number } | undefined;
};

export function SectionNav({ sections, label }: { sections: readonly Section[]; label: string }) {
  const path = usePathname();
  return (
    <nav
      aria-label={label}
      className="relative mb-5 max-lg:-mx-4 max-lg:overflow-x-auto max-lg:border-b max-lg:border-line max-lg:px-4 max-lg:[scrollbar-width:none] lg:sticky lg:top-[68px] lg:self-start"
    >
      <ul className="flex gap-px lg:flex-col">
        {sections.map((section) => (
          <li key={section.href} className="shrink-0">
            <SectionLink
              section={section}
              isCurrent={path === section.href || path.startsWith(`${section.href}/`)}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SectionLink({ section, isCurrent }: { section: Section; isCurrent: boolean }) {
  const { label, href, usage } = section;
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      ref={(element) => {
        if (isCurrent)
          element?.parentElement?.parentElement?.parentElement?.scrollTo({
            left: element.offsetLeft - 48,
          });
      }}
      className={clsx(
        "flex min-h-8 items-center justify-between gap-3 rounded-control px-2.5 py-1 text-small whitespace-nowrap lg:whitespace-normal pointer-coarse:min-h-11",
        "max-lg:rounded-none max-lg:border-b-2 max-lg:focus-visible:-outline-offset-2",
        isCurrent
          ? "font-medium text-ink max-lg:border-accent lg:bg-accent-wash"
          : "text-ink-soft hover:text-ink max-lg:border-transparent lg:hover:bg-raised",
      )}
    >
      {label}
      {usage !== undefined && (
        <span className="font-normal text-ink-faint tabular-nums">
          <span aria-hidden="true">
            {usage.used}/{usage.limit}
          </span>
          <span className="sr-only">
            , {usage.used} of {usage.limit} used
          </span>
        </span>
      )}
    </Link>
  );
}
