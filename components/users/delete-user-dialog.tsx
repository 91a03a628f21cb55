"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deleteUserAction } from "@/lib/actions/users";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { UserDialogProps } from "./user-dialogs";

export function DeleteUserDialog({ user, isOpen, onClose }: UserDialogProps) {
  const router = useRouter();
  const deletion = useActionMutation(deleteUserAction);
  const close = () => {
    deletion.reset();
    onClose();
  };
  const deleteUser = () =>
    deletion.mutate(
      { userId: user.id },
      {
        onSuccess: () => {
          close();
          showToast(`“${user.name}” was deleted.`);
          router.push("/identity/users");
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={deleteUser}
      title={`Delete user “${user.name}”`}
      confirmLabel="Delete user"
      pending={deletion.isPending}
      error={deletion.error}
    >
      <p>
        The password, every API key, token and other credential and every session of this user end
        at once: requests signed with them are refused from now on. This cannot be undone.
      </p>
      <p>The record of what the user did stays. A user who is in a group cannot be deleted.</p>
    </ConfirmDialog>
  );
}
