"use client";

import { useRouter } from "next/navigation";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { Dialog } from "@/components/ui/dialog";
import { textOf } from "@/components/form/text-of";
import { updateGroupAction } from "@/lib/actions/groups";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { DescriptionField } from "./create-group-dialog";
import type { GroupDialogProps } from "./managed-group";

export function EditGroupDialog({ group, isOpen, onClose }: GroupDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Edit “${group.name}”`}
    >
      <EditGroupForm group={group} onClose={onClose} />
    </Dialog>
  );
}

function EditGroupForm({ group, onClose }: Omit<GroupDialogProps, "isOpen">) {
  const router = useRouter();
  const update = useActionMutation(updateGroupAction);
  const save = (values: FormData) =>
    update.mutate(
      { groupId: group.id, description: textOf(values, "description") },
      {
        onSuccess: () => {
          onClose();
          announce("Changes saved");
          router.refresh();
        },
      },
    );
  return (
    <Form onSubmit={save} pending={update.isPending} error={update.error}>
      <DescriptionField value={group.description} />
      <FormActions submitLabel="Save Changes" pending={update.isPending} onCancel={onClose} />
    </Form>
  );
}
