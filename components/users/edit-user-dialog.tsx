"use client";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { textOf } from "@/components/form/text-of";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { updateUserAction } from "@/lib/actions/users";

import { AnswerableFields } from "./answerable-fields";
import type { ManagedUser, UserDialogProps } from "./user-dialogs";
import { emailHint } from "./user-words";

export function EditUserDialog({ user, isOpen, onClose }: UserDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Edit “${user.name}”`}
    >
      <EditUserForm user={user} onClose={onClose} />
    </Dialog>
  );
}

function EditUserForm({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const maySetEmail = user.mayDo.includes("SetUserEmail");
  const update = useDialogAction(updateUserAction, onClose, () => "Changes saved");
  const save = (values: FormData) => {
    // What was left as it was may have been changed by somebody else meanwhile: it is not sent.
    const change = Object.fromEntries(
      (["description", "email", "owner", "deputy"] as const)
        .map((name) => [name, textOf(values, name)] as const)
        .filter(([name, text]) => values.has(name) && text !== (user[name] ?? "")),
    );
    if (Object.keys(change).length === 0) onClose();
    else update.mutate({ userId: user.id, ...change });
  };
  return (
    <Form onSubmit={save} pending={update.isPending} error={update.error}>
      <TextField
        name="description"
        label="Description"
        isOptional
        defaultValue={user.description}
        autoComplete="off"
        maxLength={400}
      />
      {maySetEmail && (
        <TextField
          name="email"
          label="E-mail"
          isOptional
          type="email"
          defaultValue={user.email ?? ""}
          autoComplete="off"
          hint={emailHint}
        />
      )}
      {user.kind === "service" && (
        <AnswerableFields owner={user.owner ?? ""} deputy={user.deputy ?? ""} />
      )}
      <FormActions submitLabel="Save changes" pending={update.isPending} onCancel={onClose} />
    </Form>
  );
}
