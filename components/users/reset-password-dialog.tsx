"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";

import { useRevealClosing } from "@/components/credentials/use-reveal-closing";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { InlineAlert } from "@/components/ui/inline-alert";
import { createOrResetPasswordAction } from "@/lib/actions/users";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { OneTimePasswordReveal } from "./one-time-password-reveal";
import type { UserDialogProps } from "./user-dialogs";

/** *Create/Reset Password*: the consequences first, then in the same dialog the one-time password, once. */
export function ResetPasswordDialog({ user, isOpen, onClose }: UserDialogProps) {
  const router = useRouter();
  const resetting = useActionMutation(createOrResetPasswordAction);
  const safeChoice = useRef<HTMLButtonElement>(null);
  const closing = useRevealClosing(onClose);
  const secret = resetting.data?.secret;
  const isRevealed = secret !== undefined;
  const cancel = () => !resetting.isPending && onClose();
  return (
    <Dialog
      isOpen={isOpen}
      role={isRevealed ? "dialog" : "alertdialog"}
      onClose={closing.onClose(isRevealed, cancel)}
      onClosed={() => {
        if (isRevealed) router.refresh();
        resetting.reset();
      }}
      title={
        isRevealed
          ? `One-time password for “${user.name}”`
          : `Create/Reset Password of “${user.name}”`
      }
      initialFocus={safeChoice}
    >
      {isRevealed ? (
        <OneTimePasswordReveal secret={secret} userName={user.name} closing={closing} />
      ) : (
        <div className="flex flex-col gap-4">
          <Consequences isBlocked={user.state === "blocked"} />
          {resetting.error !== null && (
            <InlineAlert requestId={resetting.error.requestId}>
              {resetting.error.message}
            </InlineAlert>
          )}
          <ButtonRow>
            <Button ref={safeChoice} onClick={cancel}>
              Cancel
            </Button>
            <Button
              variant="danger"
              pending={resetting.isPending}
              onClick={() => resetting.mutate({ userId: user.id })}
            >
              Create/Reset Password
            </Button>
          </ButtonRow>
        </div>
      )}
    </Dialog>
  );
}

function Consequences({ isBlocked }: { isBlocked: boolean }) {
  return (
    <div className="space-y-2 text-ink-soft">
      <p>
        The former password, if there is one, and all sessions of this user end at once. API keys,
        tokens and other credentials go on working.
      </p>
      <p>You get a one-time password, shown once, and hand it over to the user.</p>
      {isBlocked && (
        <p className="text-ink">
          This user is blocked and stays so: a new password does not unblock. Use Unblock too.
        </p>
      )}
    </div>
  );
}
