"use client";

import { clsx } from "clsx";
import { Check, Copy, TextSelect } from "lucide-react";
import type { Ref, RefObject } from "react";

import type { CopyOutcome } from "@/lib/client/clipboard";

import { buttonStyle } from "./button-style";
import { copyAnswers, useCopy } from "./use-copy";

export type CopyButtonProps = {
  text: string;
  /** *Copy* for a secret, else the thing too: *Copy user name*. */
  label: string;
  /** The element that shows the text: it is selected where the page has no clipboard. */
  visible?: RefObject<HTMLElement | null> | undefined;
  /** With its label in sight, as a proper button; without, only the icon. */
  isLabelled?: boolean | undefined;
  variant?: "primary" | "secondary" | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
  onCopied?: ((outcome: CopyOutcome) => void) | undefined;
};

export function CopyButton({
  text,
  label,
  visible,
  isLabelled = false,
  variant,
  ref,
  onCopied,
}: CopyButtonProps) {
  const { outcome, copy } = useCopy(text, visible);
  const press = () => void copy().then(onCopied);
  const answer = outcome === null ? "" : copyAnswers[outcome];
  if (isLabelled) {
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <button
          ref={ref}
          type="button"
          aria-label={label}
          onClick={press}
          className={buttonStyle({ variant })}
        >
          <CopyIcon outcome={outcome} />
          {/* Both words share one cell, so that the button keeps its width. */}
          <span aria-hidden="true" className="grid justify-items-center">
            <span className={clsx("col-start-1 row-start-1", outcome === "copied" && "invisible")}>
              {label}
            </span>
            <span className={clsx("col-start-1 row-start-1", outcome !== "copied" && "invisible")}>
              Copied
            </span>
          </span>
        </button>
        <output
          className={
            outcome === null || outcome === "copied" ? "sr-only" : "text-small text-ink-soft"
          }
        >
          {answer}
        </output>
      </span>
    );
  }
  return (
    <span className="relative inline-flex">
      <button
        ref={ref}
        type="button"
        aria-label={label}
        onClick={press}
        className="inline-flex size-8 items-center justify-center rounded-control text-ink-faint hover:bg-raised hover:text-ink pointer-coarse:size-11"
      >
        <CopyIcon outcome={outcome} />
      </button>
      <output
        className={clsx(
          outcome === null
            ? "sr-only"
            : "absolute top-1/2 left-full z-20 -translate-y-1/2 animate-enter rounded-control border border-line bg-surface px-2 py-0.5 text-tiny whitespace-nowrap text-ink shadow-menu",
        )}
      >
        {answer}
      </output>
    </span>
  );
}

function CopyIcon({ outcome }: { outcome: CopyOutcome | null }) {
  if (outcome === "copied") return <Check aria-hidden="true" className="size-3.5 text-good" />;
  if (outcome === null) return <Copy aria-hidden="true" className="size-3.5" />;
  return <TextSelect aria-hidden="true" className="size-3.5" />;
}
