import { ButtonLink } from "@/components/shell/button-link";

export type ListFooterProps = {
  noun: { one: string; many: string };
  shown: number;
  /** Where this is not the first page. */
  firstHref: string | undefined;
  /** Where there is more. */
  nextHref: string | undefined;
};

/** How many are shown, and the way to the others. Absent where the list is empty. */
export function ListFooter({ noun, shown, firstHref, nextHref }: ListFooterProps) {
  if (shown === 0) return null;
  const isPaged = firstHref !== undefined || nextHref !== undefined;
  return (
    <nav
      aria-label="Pages"
      className="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-2 text-small text-ink-soft"
    >
      <span className="tabular-nums">
        {countWords(noun, shown)}
        {isPaged && " on this page"}
      </span>
      <span className="flex gap-2">
        {firstHref !== undefined && <ButtonLink href={firstHref}>First page</ButtonLink>}
        {nextHref !== undefined && <ButtonLink href={nextHref}>Next page</ButtonLink>}
      </span>
    </nav>
  );
}

/** What a screen reader is told of a list that changed. */
export function foundWords(noun: ListFooterProps["noun"], shown: number, isMore: boolean): string {
  if (shown === 0) return `No ${noun.many} found`;
  const words = countWords(noun, shown);
  return isMore ? `${words} on this page, and more on the next` : words;
}

const countWords = ({ one, many }: ListFooterProps["noun"], count: number) =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;
