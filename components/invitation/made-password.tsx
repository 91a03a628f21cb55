"use client";

import { useEffect, useRef } from "react";

import { SecretValue } from "@/components/credentials/secret-value";
import { buttonStyle } from "@/components/ui/button-style";
import { CopyButton } from "@/components/ui/copy-button";
import { InlineAlert } from "@/components/ui/inline-alert";
import { KeyValues } from "@/components/ui/key-values";

/** The one showing of a one-time password to whom it belongs. */
export function MadePassword({ userName, secret }: { userName: string; secret: string }) {
  const value = useRef<HTMLElement>(null);
  const copyButton = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => copyButton.current?.focus(), []);
  return (
    <div className="flex flex-col gap-4">
      <InlineAlert tone="warn">This is the only time the one-time password is shown.</InlineAlert>
      <KeyValues items={[{ label: "User name", value: userName }]} />
      <SecretValue ref={value} noun="one-time password" secret={secret} />
      <div className="flex flex-wrap items-start justify-between gap-2">
        <CopyButton ref={copyButton} text={secret} label="Copy" visible={value} isLabelled />
        {/* A new document: nothing of this one stays in memory. */}
        {/* oxlint-disable-next-line next/no-html-link-for-pages */}
        <a href="/sign-in" className={buttonStyle({ variant: "primary" })}>
          Sign in
        </a>
      </div>
    </div>
  );
}
