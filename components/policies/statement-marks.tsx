import { Fragment, type Ref } from "react";

import type { LineProblem } from "@/lib/domain/policies/lines";

export type StatementMarksProps = {
  text: string;
  problems: readonly LineProblem[];
  /** Where the list of what may follow hangs. */
  anchorAt: number;
  anchor: Ref<HTMLSpanElement>;
};

/**
 * The text once more, unseen, letter on letter over the field: it carries the marks under what is wrong, and knows where
 * on the screen a letter is. The words about it are beside the field.
 */
export function StatementMarks({ text, problems, anchorAt, anchor }: StatementMarksProps) {
  const places = [
    ...new Set([0, text.length, anchorAt, ...problems.flatMap(({ start, end }) => [start, end])]),
  ].sort((one, other) => one - other);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none col-start-1 row-start-1 min-h-28 border border-transparent px-2.5 py-1.5 font-mono text-code break-words whitespace-pre-wrap text-transparent"
    >
      {places.map((place, index) => (
        <Fragment key={place}>
          {place === anchorAt && <span ref={anchor} />}
          {problems.some(({ start, end }) => start === place && end === place) && <EndMark />}
          <Piece
            text={text.slice(place, places[index + 1])}
            isWrong={problems.some(({ start, end }) => start <= place && place < end)}
          />
        </Fragment>
      ))}
      {/* A last line without letters is a line, too. */}
      {"\n"}
    </div>
  );
}

function Piece({ text, isWrong }: { text: string; isWrong: boolean }) {
  if (!isWrong) return text;
  return (
    <span className="underline decoration-danger decoration-wavy decoration-1 underline-offset-3">
      {text}
    </span>
  );
}

/** Where something is missing there is no letter to mark. */
function EndMark() {
  return (
    <span className="relative">
      <span className="absolute top-0 left-0 h-[1.1em] w-2 border-b-2 border-dotted border-danger" />
    </span>
  );
}
