"use client";

import { useRef } from "react";

import { CopyButton } from "./copy-button";

/** A text in mono, whole, and the button that copies it. */
export function CopyableCode({ text, label }: { text: string; label: string }) {
  const code = useRef<HTMLElement>(null);
  return (
    <span className="-my-1 flex min-w-0 items-start gap-1">
      <code ref={code} className="min-w-0 py-1.5 break-all select-all">
        {text}
      </code>
      <CopyButton text={text} label={label} visible={code} />
    </span>
  );
}
