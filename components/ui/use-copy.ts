import { type RefObject, useEffect, useRef, useState } from "react";

import { copyText, type CopyOutcome } from "@/lib/client/clipboard";

const shownMilliseconds = 1500;

/** Copying with an answer: the outcome is kept for 1.5 s (longer where the reader must act), then forgotten. */
export function useCopy(text: string, visible?: RefObject<HTMLElement | null>) {
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    const result = await copyText(text, visible?.current ?? null);
    setOutcome(result);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => setOutcome(null),
      result === "copied" ? shownMilliseconds : 4 * shownMilliseconds,
    );
    return result;
  };
  return { outcome, copy };
}

export const copyAnswers = {
  copied: "Copied",
  selected: "Selected: copy it with your keyboard",
  failed: "This page cannot copy: select the text yourself",
} satisfies Record<CopyOutcome, string>;
