"use client";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { updateUserAction } from "@/lib/actions/users";

import type { Owner } from "../context";

/** `owner` is as the dialog was opened with, for as long as it is open. */
type UserNameDialogProps = { owner: Owner; isOpen: boolean; onClose: () => void };

/** Creates the alternate name, or changes it. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function UserNameDialog({ owner, isOpen, onClose }: UserNameDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      size="small"
      title={owner.dbUserName === null ? "Create Database User Name" : "Edit database user name"}
      description="Works at every database beside the user name, with the same passwords."
    >
      {isOpen && <UserNameForm owner={owner} onClose={onClose} />}
    </Dialog>
  );
}

function UserNameForm({ owner, onClose }: Omit<UserNameDialogProps, "isOpen">) {
  const update = useDialogAction(updateUserAction, onClose, () => "Database user name saved");
  const save = (values: FormData) =>
    update.mutate({
      userId: owner.id,
      dbUserName: values.get("dbUserName"),
      dbUserDescription: values.get("dbUserDescription"),
      seen: { dbUserName: owner.dbUserName, dbUserDescription: owner.dbUserDescription },
    });
  return (
    <Form onSubmit={save} pending={update.isPending} error={update.error}>
      <TextField
        name="dbUserName"
        label="Name"
        defaultValue={owner.dbUserName ?? ""}
        hint="Letters, numerals, hyphens, periods, underscores, + and @. No spaces, under 128 bytes."
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={127}
        // The dialog was opened to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <TextField
        name="dbUserDescription"
        label="Description"
        isOptional
        defaultValue={owner.dbUserDescription}
        hint="For instance the name of the database that this user name is for."
        autoComplete="off"
        maxLength={400}
      />
      <FormActions
        submitLabel={owner.dbUserName === null ? "Create" : "Save Changes"}
        pending={update.isPending}
        onCancel={update.close}
      />
    </Form>
  );
}
