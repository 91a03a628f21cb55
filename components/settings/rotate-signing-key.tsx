"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { rotateSigningKeyAction } from "@/lib/actions/settings";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

export function RotateSigningKey() {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const rotation = useActionMutation(rotateSigningKeyAction, {
    onDone: () => {
      setIsOpen(false);
      announce("A new signing key is made");
      router.refresh();
    },
  });
  return (
    <>
      <div>
        <Button onClick={() => setIsOpen(true)}>Rotate now</Button>
      </div>
      <ConfirmDialog
        isOpen={isOpen}
        onCancel={() => {
          rotation.reset();
          setIsOpen(false);
        }}
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
