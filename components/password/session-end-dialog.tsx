"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { buttonStyle } from "@/components/ui/button-style";
import { Dialog } from "@/components/ui/dialog";
import { useEscapeAbove } from "@/components/ui/use-escape-above";
import { sessionEnd } from "@/lib/client/session-end";

type SessionEndProps = { isOpen: boolean; userName: string };

/** Lets the person sign in again beside the page, on behalf of whatever action found the session ended; that action then repeats by itself. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function SessionEndDialog({ isOpen, userName }: SessionEndProps) {
  useEscapeAbove(isOpen, cancel);
  // What to press next stands out: first the way to the other tab, then the way on.
  const [wasAway, setWasAway] = useState(false);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={cancel}
      onClosed={() => setWasAway(false)}
      size="small"
      title="Your session has ended"
      description={`Nothing was done, and what you typed is still here. Sign in again as ${userName} in another tab, then come back to go on.`}
    >
      <ButtonRow>
        <Button onClick={cancel}>Cancel</Button>
        <a
          className={buttonStyle({ variant: wasAway ? "secondary" : "primary" })}
          href="/sign-in?ended"
          target="_blank"
          rel="noreferrer"
          onClick={() => setWasAway(true)}
        >
          Sign in again
        </a>
        <Button variant={wasAway ? "primary" : "secondary"} onClick={() => sessionEnd.settle(true)}>
          Go on
        </Button>
      </ButtonRow>
    </Dialog>
  );
}

function cancel() {
  sessionEnd.settle(false);
}
