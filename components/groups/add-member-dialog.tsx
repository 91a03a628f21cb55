"use client";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { PersonField, useUserNamed } from "@/components/form/person-field";
import { textOf } from "@/components/form/text-of";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { addUserToGroupAction } from "@/lib/actions/groups";

import type { JoinedGroup } from "./managed-group";
import { PowerfulNote } from "./powerful-note";

type AddMemberProps = { group: JoinedGroup; isOpen: boolean; onClose: () => void };

export function AddMemberDialog({ group, isOpen, onClose }: AddMemberProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Add a member to “${group.name}”`}
    >
      <AddMemberForm group={group} onClose={onClose} />
    </Dialog>
  );
}

const noUser = {
  ok: false,
  error: {
    code: "invalid_input",
    message: "",
    fields: { user: "No user has this name. Type a part of it and choose one." },
  },
} as const;

function AddMemberForm({ group, onClose }: Omit<AddMemberProps, "isOpen">) {
  const userNamed = useUserNamed();
  const addition = useDialogAction(
    async ({ text, knownId, ...rest }: { text: string; knownId: string; groupId: string }) => {
      const userId = knownId === "" ? await userNamed(text) : knownId;
      return userId === undefined ? noUser : addUserToGroupAction({ userId, ...rest });
    },
    onClose,
    ({ userName }) => `“${userName}” was added to ${group.name}`,
  );
  const add = (values: FormData) =>
    addition.mutate({
      text: textOf(values, "user"),
      knownId: textOf(values, "userId"),
      groupId: group.id,
    });
  return (
    <Form onSubmit={add} pending={addition.isPending} error={addition.error}>
      <PersonField
        name="user"
        label="User"
        hint="Part of the name, the e-mail address or the database user name, or the OCID."
        onChange={() => addition.isError && addition.reset()}
      />
      {group.isAdministrators && <PowerfulNote groupName={group.name} />}
      <FormActions
        submitLabel="Add member"
        pending={addition.isPending}
        onCancel={addition.close}
      />
    </Form>
  );
}
