"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { updateUserAction } from "@/lib/actions/users";

import type { Owner } from "../context";

/** `owner` is as the dialog was opened with, for as long as it is open. */
type DeleteUserNameProps = { owner: Owner; isOpen: boolean; onClose: () => void };

/** Takes the alternate name away. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function DeleteUserNameDialog({ owner, isOpen, onClose }: DeleteUserNameProps) {
  const update = useDialogAction(updateUserAction, onClose, () => "Database user name deleted");
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={update.close}
      onConfirm={() =>
        update.mutate({
          userId: owner.id,
          dbUserName: null,
          seen: { dbUserName: owner.dbUserName },
        })
      }
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
