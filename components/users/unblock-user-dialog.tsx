"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { unblockUserAction } from "@/lib/actions/users";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { UserDialogProps } from "./user-dialogs";

export function UnblockUserDialog({ user, isOpen, onClose }: UserDialogProps) {
  const router = useRouter();
  const unblocking = useActionMutation(unblockUserAction);
  const close = () => {
    unblocking.reset();
    onClose();
  };
  const unblock = () =>
    unblocking.mutate(
      { userId: user.id },
      {
        onSuccess: () => {
          close();
          announce(`“${user.name}” is unblocked`);
          router.refresh();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={unblock}
      title={`Unblock “${user.name}”`}
      confirmLabel="Unblock"
      tone="primary"
      pending={unblocking.isPending}
      error={unblocking.error}
    >
      <p>
        A wrong password was given 10 times in a row, so everything that a password opens was
        closed. API keys and tokens went on working.
      </p>
      <p>
        The password stays what it was, and the count begins at zero. When it is forgotten, use
        <span className="font-medium text-ink"> Create/Reset Password</span> too.
      </p>
    </ConfirmDialog>
  );
}
