import { clsx } from "clsx";
import Link from "next/link";

import { countWords } from "@/lib/domain/reports/counted";
import { type Attention, verdictWords } from "@/lib/domain/reports/credential-report";

import { attentionAdvice } from "./attention-advice";
import { reportHref } from "./report-query";

export interface Tile {
  readonly label: string;
  readonly count: number;
  readonly href: string;
  readonly advice: string;
  readonly isCurrent?: boolean;
}

interface Summary {
  readonly blocked: number;
  readonly withoutSecondFactor: number;
  readonly inNeed: readonly { readonly attention: Attention; readonly count: number }[];
}

export const peopleTiles = ({ blocked, withoutSecondFactor }: Summary): Tile[] => [
  {
    label: "Blocked users",
    count: blocked,
    href: "/identity/users?state=blocked",
    advice: "They failed ten times in a row. Ask whether it was them before you unblock.",
  },
  {
    label: "No second factor",
    count: withoutSecondFactor,
    href: "/identity/users?factor=none",
    advice: "Their password alone opens the console.",
  },
];

export const credentialTiles = ({ inNeed }: Summary, current?: Attention): Tile[] =>
  inNeed.map(({ attention, count }) => ({
    label: verdictWords[attention],
    count,
    href: reportHref({ attention, page: undefined }),
    advice: attentionAdvice[attention],
    isCurrent: attention === current,
  }));

/** What deserves attention, as numbers; each leads to its list. */
export function AttentionTiles({
  label,
  tiles,
  withAdvice = false,
}: {
  label: string;
  tiles: readonly Tile[];
  withAdvice?: boolean;
}) {
  return (
    <ul
      aria-label={label}
      className={clsx(
        "mb-6 grid grid-cols-2 gap-3",
        withAdvice ? "min-[900px]:grid-cols-3" : "min-[900px]:grid-cols-5",
      )}
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
            <span
              className={clsx("block text-small", withAdvice ? "font-medium" : "text-ink-soft")}
            >
              {tile.label}
            </span>
            {withAdvice && (
              <span className="mt-1 block text-small text-ink-soft">{tile.advice}</span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
