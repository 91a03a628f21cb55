"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { updateUserAction } from "@/lib/actions/users";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { Owner } from "../context";

type DeleteUserNameProps = { owner: Owner; isOpen: boolean; onClose: () => void };

/** Takes the alternate name away. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DeleteUserNameDialog({ owner, isOpen, onClose }: DeleteUserNameProps) {
  const router = useRouter();
  const update = useActionMutation(updateUserAction);
  const close = () => {
    update.reset();
    onClose();
  };
  const confirm = () =>
    update.mutate(
      { userId: owner.id, dbUserName: null },
      {
        onSuccess: () => {
          close();
          announce("Database user name deleted");
          router.refresh();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={confirm}
      title={`Delete database user name “${owner.dbUserName ?? ""}”`}
      confirmLabel="Delete"
      pending={update.isPending}
      error={update.error}
    >
      <p>
        Databases refuse this name from the next sign-in on. The passwords stay, and the user name
        goes on working.
      </p>
    </ConfirmDialog>
  );
}
