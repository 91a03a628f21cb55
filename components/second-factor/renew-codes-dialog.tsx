"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";

import { useRevealClosing } from "@/components/credentials/use-reveal-closing";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { InlineAlert } from "@/components/ui/inline-alert";
import { renewRecoveryCodesAction } from "@/lib/actions/second-factor";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { EnableDialogProps } from "./enable-dialog";
import { RecoveryCodes } from "./recovery-codes";

/** New recovery codes: what it costs first, then in the same dialog the codes, once. */
export function RenewCodesDialog({ owner, isOpen, onClose }: EnableDialogProps) {
  const router = useRouter();
  const renewing = useActionMutation(renewRecoveryCodesAction);
  const closing = useRevealClosing(onClose);
  const safeChoice = useRef<HTMLButtonElement>(null);
  const codes = renewing.data?.secret;
  const cancel = () => !renewing.isPending && onClose();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closing.onClose(codes !== undefined, cancel)}
      onClosed={() => {
        const isDone = codes !== undefined;
        renewing.reset();
        if (isDone) router.refresh();
      }}
      title="New recovery codes"
      initialFocus={safeChoice}
    >
      {codes === undefined ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">
            You get ten new ones, shown once. Those that you have open nothing any more.
          </p>
          {renewing.error !== null && (
            <InlineAlert requestId={renewing.error.requestId}>{renewing.error.message}</InlineAlert>
          )}
          <ButtonRow>
            <Button ref={safeChoice} onClick={cancel}>
              Cancel
            </Button>
            <Button
              variant="primary"
              pending={renewing.isPending}
              onClick={() => renewing.mutate({ userId: owner.id })}
            >
              Make new codes
            </Button>
          </ButtonRow>
        </div>
      ) : (
        <RecoveryCodes
          codes={codes}
          ownerName={owner.name}
          closing={closing}
          intro="Each signs you in once when the app is lost. The former ones open nothing any more."
        />
      )}
    </Dialog>
  );
}
