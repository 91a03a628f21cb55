"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deleteGroupAction } from "@/lib/actions/groups";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { groupsPath } from "./groups-query";
import type { GroupDialogProps } from "./managed-group";

export function DeleteGroupDialog({ group, isOpen, onClose }: GroupDialogProps) {
  const router = useRouter();
  const deletion = useActionMutation(deleteGroupAction);
  const close = () => {
    deletion.reset();
    onClose();
  };
  const remove = () =>
    deletion.mutate(
      { groupId: group.id },
      {
        onSuccess: () => {
          close();
          showToast(`“${group.name}” was deleted.`, "good");
          router.push(groupsPath);
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={remove}
      title={`Delete group “${group.name}”`}
      confirmLabel="Delete group"
      pending={deletion.isPending}
      error={deletion.error}
    >
      <p>
        Scopes that were granted to it go with it. Policies that name it stay, and give nothing
        until there is a group of this name again.
      </p>
    </ConfirmDialog>
  );
}
