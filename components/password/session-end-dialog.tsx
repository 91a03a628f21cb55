"use client";

import { Button } from "@/components/ui/button";
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
  return (
    <Dialog
      isOpen={isOpen}
      onClose={cancel}
      size="small"
      title="Your session has ended"
      description={`Nothing was done, and what you typed is still here. Sign in again as ${userName} in another tab, then come back to go on.`}
    >
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button onClick={cancel}>Cancel</Button>
        <a className={buttonStyle()} href="/sign-in?ended" target="_blank" rel="noreferrer">
          Sign in again
        </a>
        <Button variant="primary" onClick={() => sessionEnd.settle(true)}>
          Go on
        </Button>
      </div>
    </Dialog>
  );
}

function cancel() {
  sessionEnd.settle(false);
}
