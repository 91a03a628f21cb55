"use client";

import { useEffect, useState } from "react";

import { fileNameOf } from "@/components/credentials/file-name";
import { RevealPanel } from "@/components/credentials/reveal";
import { useRevealClosing } from "@/components/credentials/use-reveal-closing";

const signInPath = "/sign-in";

/** The one showing of a one-time password to whom it belongs. */
export function MadePassword({ userName, secret }: { userName: string; secret: string }) {
  const [isLeaving, setLeaving] = useState(false);
  const closing = useRevealClosing(() => setLeaving(true));
  // Asked once: by then the browser's own question is off.
  useEffect(() => {
    if (isLeaving) window.location.assign(signInPath);
  }, [isLeaving]);
  return (
    <RevealPanel
      secretNoun="one-time password"
      secret={secret}
      extras={[{ label: "User name", value: userName }]}
      purpose="Sign in to the console once"
      remedy="ask an administrator for another invitation"
      ownerName={userName}
      isOwn
      fileName={`${fileNameOf("one-time-password", userName)}.txt`}
      closing={{ ...closing, isSaved: closing.isSaved || isLeaving }}
      wayOut={{ label: "Sign in", href: signInPath }}
    />
  );
}
