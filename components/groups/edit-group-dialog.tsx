"use client";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { textOf } from "@/components/form/text-of";
import { updateGroupAction } from "@/lib/actions/groups";

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
  const update = useDialogAction(updateGroupAction, onClose, () => "Changes saved");
  const save = (values: FormData) =>
    update.mutate({ groupId: group.id, description: textOf(values, "description") });
  return (
    <Form onSubmit={save} pending={update.isPending} error={update.error}>
      <DescriptionField value={group.description} />
      <FormActions submitLabel="Save Changes" pending={update.isPending} onCancel={onClose} />
    </Form>
  );
}
