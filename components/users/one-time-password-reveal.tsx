"use client";

import { useEffect, useRef } from "react";

import { fileNameOf } from "@/components/credentials/file-name";
import { RevealPanel } from "@/components/credentials/reveal";
import type { RevealClosing } from "@/components/credentials/use-reveal-closing";

/** The one showing of a one-time password, for whoever hands it over. */
export function OneTimePasswordReveal({
  secret,
  userName,
  closing,
}: {
  secret: string;
  userName: string;
  closing: RevealClosing;
}) {
  const copyButton = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone, and the dialog was open before: its initial focus is past.
  useEffect(() => copyButton.current?.focus(), []);
  return (
    <RevealPanel
      secretNoun="one-time password"
      secret={secret}
      extras={[
        { label: "User name", value: userName },
        { label: "Sign in at", value: `${window.location.origin}/sign-in` },
        { label: "Valid", value: "7 days; must be changed at the first sign-in" },
      ]}
      purpose="Sign in to the console once"
      remedy="reset the password again"
      ownerName={userName}
      isOwn={false}
      fileName={`${fileNameOf("one-time-password", userName)}.txt`}
      closing={closing}
      copyButton={copyButton}
    />
  );
}
