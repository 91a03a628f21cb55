"use client";

import { useState } from "react";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { rotateSigningKeyAction } from "@/lib/actions/settings";

export function RotateSigningKey() {
  const [isOpen, setIsOpen] = useState(false);
  const rotation = useDialogAction(
    rotateSigningKeyAction,
    () => setIsOpen(false),
    () => "A new signing key is made",
  );
  return (
    <>
      <div>
        <Button onClick={() => setIsOpen(true)}>Rotate now</Button>
      </div>
      <ConfirmDialog
        isOpen={isOpen}
        onCancel={rotation.close}
        onConfirm={() => rotation.mutate({})}
        title="Rotate the signing key"
        confirmLabel="Rotate now"
        tone="primary"
        pending={rotation.isPending}
        error={rotation.error}
      >
        <p>
          A new key is shown at once and signs in 5 minutes, when no service keeps a key set without
          it. Tokens that the former key signed stay good until they expire, an hour at most.
        </p>
      </ConfirmDialog>
    </>
  );
}
