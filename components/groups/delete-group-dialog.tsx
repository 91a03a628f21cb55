"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deleteGroupAction } from "@/lib/actions/groups";

import { groupsPath } from "./groups-query";
import type { GroupDialogProps } from "./managed-group";

export function DeleteGroupDialog({ group, isOpen, onClose }: GroupDialogProps) {
  const deletion = useDialogAction(deleteGroupAction, onClose, () => ({
    said: `“${group.name}” was deleted.`,
    leadsTo: groupsPath,
  }));
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={deletion.close}
      onConfirm={() => deletion.mutate({ groupId: group.id })}
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
