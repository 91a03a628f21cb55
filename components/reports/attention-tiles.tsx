import { clsx } from "clsx";
import Link from "next/link";

import { countWords } from "@/lib/domain/reports/counted";
import { type Attention, verdictWords } from "@/lib/domain/reports/credential-report";

import { reportHref } from "./report-query";

interface Tile {
  readonly label: string;
  readonly count: number;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** What deserves attention, as numbers; each leads to its list. */
export function AttentionTiles({
  blocked,
  withoutSecondFactor,
  inNeed,
  current,
}: {
  blocked: number;
  withoutSecondFactor: number;
  inNeed: readonly { attention: Attention; count: number }[];
  current: Attention;
}) {
  const tiles: Tile[] = [
    {
      label: "Blocked users",
      count: blocked,
      href: "/identity/users?state=blocked",
      isCurrent: false,
    },
    {
      label: "No second factor",
      count: withoutSecondFactor,
      href: "/identity/users?factor=none",
      isCurrent: false,
    },
    ...inNeed.map(({ attention, count }) => ({
      label: verdictWords[attention],
      count,
      href: reportHref({ attention, page: undefined }),
      isCurrent: attention === current,
    })),
  ];
  return (
    <ul
      aria-label="What deserves attention"
      className="mb-6 grid grid-cols-2 gap-3 min-[900px]:grid-cols-5"
    >
      {tiles.map((tile) => (
        <li key={tile.label}>
          <Link
            href={tile.href}
            aria-current={tile.isCurrent ? "true" : undefined}
            className={clsx(
              "block h-full rounded-panel border bg-surface px-4 py-3 hover:border-line-strong",
              tile.isCurrent ? "border-accent" : "border-line",
            )}
          >
            <span className="block text-title tabular-nums">{countWords(tile.count)}</span>
            <span className="block text-small text-ink-soft">{tile.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
