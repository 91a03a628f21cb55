import { useEffect, useMemo, useState } from "react";

import { type LineProblem, problemsIn } from "@/lib/domain/policies/lines";

const pause = 400;

/**
 * The problems of a text, told a moment after the last key: a sentence that is still being written is no news. Of the
 * line under the cursor only what can no longer become right is a problem.
 */
export function useProblems(text: string, cursor: number | null): readonly LineProblem[] {
  const current = useMemo(
    () => problemsIn(text).filter((problem) => !isBeingWritten(problem, text, cursor)),
    [text, cursor],
  );
  const [told, setTold] = useState(current);
  useEffect(() => {
    const timer = setTimeout(() => setTold(current), pause);
    return () => clearTimeout(timer);
  }, [current]);
  // What is mended goes at once; the marks of the rest would stand beside their words.
  const keys = new Set(current.map(keyOf));
  return told.filter((problem) => keys.has(keyOf(problem)));
}

function isBeingWritten({ end }: LineProblem, text: string, cursor: number | null): boolean {
  return cursor !== null && end === cursor && (text[cursor] ?? "\n") === "\n";
}

export const keyOf = ({ start, end, message }: LineProblem) => `${start} ${end} ${message}`;
