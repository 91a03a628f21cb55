"use client";

import { clsx } from "clsx";
import { useRef, useState } from "react";

import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { Tooltip } from "./tooltip";

export type PublicPartProps = {
  value: string;
  /** The name of the copy button: *Copy OCID*, *Copy access key*. */
  copyLabel: string;
  /** Characters that stay in sight at the beginning and at the end. */
  head?: number | undefined;
  tail?: number | undefined;
  /** What it is called in the name of a button that unfolds it; without one, hovering and focus do. */
  showName?: string | undefined;
  className?: string | undefined;
};

/**
 * An OCID, fingerprint, access key or user name: in mono, shortened in the middle, whole on hover and focus.
 * The text of the page is always the whole value.
 */
export function PublicPart(props: PublicPartProps) {
  const { value, copyLabel, head = 18, tail = 6, showName, className } = props;
  const [isShown, setShown] = useState(false);
  const code = useRef<HTMLElement>(null);
  const isShortened = !isShown && value.length > head + tail + 3;
  const text = (
    <code
      ref={code}
      className={clsx(
        "self-center pt-px text-ink",
        isShown ? "break-all" : "min-w-0 overflow-hidden text-ellipsis whitespace-nowrap",
      )}
    >
      {isShortened ? (
        <>
          {value.slice(0, head)}
          <span className="unseen-middle">{value.slice(head, -tail)}</span>
          {value.slice(-tail)}
        </>
      ) : (
        value
      )}
    </code>
  );
  const copyButton = <CopyButton text={value} label={copyLabel} visible={code} />;
  if (isShortened && showName === undefined) {
    return (
      <Tooltip
        content={value}
        isMono
        className={clsx("-my-1.5 items-center gap-0.5 align-top", className)}
      >
        {text}
        {copyButton}
      </Tooltip>
    );
  }
  const verb = isShown ? "Hide" : "Show";
  return (
    <span
      className={clsx("-my-1.5 inline-flex max-w-full items-center gap-0.5 align-top", className)}
    >
      {text}
      {showName !== undefined && (
        <Button
          variant="ghost"
          aria-label={`${verb} ${showName}`}
          onClick={() => setShown(!isShown)}
        >
          {verb}
        </Button>
      )}
      {copyButton}
    </span>
  );
}
