"use client";

import { type Ref, useRef } from "react";

import { CopyButton } from "./copy-button";

export type CodeBlockProps = {
  code: string;
  /** What the code is, above it: *~/.oci/config*. */
  title: string;
  copyLabel?: string | undefined;
  ref?: Ref<HTMLDivElement> | undefined;
};

/** Ready to paste: the code, what it is, and a copy button. */
export function CodeBlock({ code, title, copyLabel = `Copy ${title}`, ref }: CodeBlockProps) {
  const text = useRef<HTMLElement>(null);
  return (
    <div ref={ref} className="min-w-0 rounded-control border border-line bg-sunken">
      <div className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3">
        <span className="min-w-0 truncate text-small text-ink-soft">{title}</span>
        <CopyButton text={code} label={copyLabel} visible={text} />
      </div>
      {/* A box that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} className="overflow-x-auto rounded-control px-3 py-2.5 text-ink">
        <code ref={text}>{code}</code>
      </pre>
    </div>
  );
}
