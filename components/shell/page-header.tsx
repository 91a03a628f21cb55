import { clsx } from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

export type Crumb = { label: string; href?: string | undefined };

/** Where this page lies. The last entry is the page itself. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-1 text-small text-ink-soft">
      <ol className="flex flex-wrap items-center gap-x-1.5">
        {crumbs.map((crumb, place) => (
          <li key={crumb.label} className="flex min-w-0 items-center gap-1.5">
            {place > 0 && <span aria-hidden="true">/</span>}
            {crumb.href === undefined ? (
              <span aria-current="page" className="truncate">
                {crumb.label}
              </span>
            ) : (
              <Link
                href={crumb.href}
                className="inline-flex min-h-6 items-center rounded-mark hover:text-ink hover:underline"
              >
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

export type PageHeaderProps = {
  title: string;
  /** A `Status`. */
  state?: ReactNode;
  /** A `PublicPart`. */
  publicPart?: ReactNode;
  actions?: ReactNode;
  /** Facts in one line; they are set apart by dots. */
  subline?: readonly ReactNode[] | undefined;
  crumbs?: readonly Crumb[] | undefined;
};

export function PageHeader({
  title,
  state,
  publicPart,
  actions,
  subline = [],
  crumbs,
}: PageHeaderProps) {
  return (
    <header className="mb-6">
      {crumbs !== undefined && <Breadcrumbs crumbs={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-[1_1_14rem]">
          <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
            <h1 className="min-w-0 text-title break-words">{title}</h1>
            {state}
            {publicPart}
          </div>
          {subline.length > 0 && <Subline facts={subline} />}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        )}
      </div>
    </header>
  );
}

/** Each fact has its dot before it; where a line begins, the dot falls outside and is cut off. */
function Subline({ facts }: { facts: readonly ReactNode[] }) {
  return (
    <p className="mt-1 overflow-clip text-ink-soft [overflow-clip-margin:4px]">
      <span className="-ml-4 flex flex-wrap">
        {facts.map((fact, place) => (
          <span
            // A line of facts is never reordered.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            className="inline-flex min-w-0 before:w-4 before:shrink-0 before:text-center before:content-['·'_/_'']"
          >
            <span className="min-w-0 wrap-anywhere">{fact}</span>
          </span>
        ))}
      </span>
    </p>
  );
}

export type SectionHeaderProps = {
  title: string;
  /** Of the heading, for a section that is named by it. */
  id?: string | undefined;
  description?: ReactNode;
  action?: ReactNode;
  className?: string | undefined;
};

/** The head of one section: its name, what it is for, how much is used, and the one button. */
export function SectionHeader({ title, id, description, action, className }: SectionHeaderProps) {
  return (
    <div
      className={clsx("mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-3", className)}
    >
      <div className="min-w-0 flex-[1_1_18rem]">
        <h2 id={id} className="text-section">
          {title}
        </h2>
        {description !== undefined && (
          <p className="mt-0.5 max-w-[64ch] text-pretty text-ink-soft">{description}</p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{action}</div>
    </div>
  );
}
