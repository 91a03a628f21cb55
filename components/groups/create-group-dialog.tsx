"use client";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { textOf } from "@/components/form/text-of";
import { createGroupAction } from "@/lib/actions/groups";

import { groupPath } from "./groups-query";

type CreateGroupProps = { isOpen: boolean; onClose: () => void };

/** *Create Group*: on success the new group's page, where members come next. */
export function CreateGroupDialog({ isOpen, onClose }: CreateGroupProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title="Create Group"
      description="A new group has no members, and no more rights than policies give to its name."
    >
      <CreateGroupForm onClose={onClose} />
    </Dialog>
  );
}

function CreateGroupForm({ onClose }: Pick<CreateGroupProps, "onClose">) {
  const creation = useDialogAction(createGroupAction, onClose, ({ id, name }) => ({
    said: `“${name}” was created.`,
    leadsTo: groupPath(id),
  }));
  const create = (values: FormData) =>
    creation.mutate({
      name: textOf(values, "name"),
      description: textOf(values, "description"),
    });
  return (
    <Form onSubmit={create} pending={creation.isPending} error={creation.error}>
      <TextField
        name="name"
        label="Name"
        hint="Letters, digits and - . _ + @. Policies name the group by it, so it cannot be changed later."
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={100}
      />
      <DescriptionField />
      <FormActions submitLabel="Create Group" pending={creation.isPending} onCancel={onClose} />
    </Form>
  );
}

export function DescriptionField({ value }: { value?: string | undefined }) {
  return (
    <TextField
      name="description"
      label="Description"
      isOptional
      defaultValue={value}
      autoComplete="off"
      maxLength={400}
      hint="What its members have in common, or what the group is for."
    />
  );
}
