"use client";

import { clsx } from "clsx";
import { useRef } from "react";

import { CopyButton } from "./copy-button";
import { Tooltip } from "./tooltip";

export type PublicPartProps = {
  value: string;
  /** The name of the copy button: *Copy OCID*, *Copy access key*. */
  copyLabel: string;
  /** Characters that stay in sight at the beginning and at the end. */
  head?: number | undefined;
  tail?: number | undefined;
  className?: string | undefined;
};

/**
 * An OCID, fingerprint, access key or user name: in mono, shortened in the middle, whole on hover and focus.
 * The text of the page is always the whole value.
 */
export function PublicPart({ value, copyLabel, head = 18, tail = 6, className }: PublicPartProps) {
  const code = useRef<HTMLElement>(null);
  const isShortened = value.length > head + tail + 3;
  const text = (
    <code ref={code} className="self-center pt-px whitespace-nowrap text-ink">
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
  if (!isShortened) {
    return (
      <span className={clsx("-my-1.5 inline-flex max-w-full items-center gap-0.5", className)}>
        {text}
        {copyButton}
      </span>
    );
  }
  return (
    <Tooltip content={value} isMono className={clsx("-my-1.5 items-center gap-0.5", className)}>
      {text}
      {copyButton}
    </Tooltip>
  );
}
