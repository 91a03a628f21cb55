"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { PersonField } from "@/components/form/person-field";
import { textOf } from "@/components/form/text-of";
import { Dialog } from "@/components/ui/dialog";
import { InlineAlert } from "@/components/ui/inline-alert";
import { addUserToGroupAction } from "@/lib/actions/groups";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { JoinedGroup } from "./managed-group";

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

const noUser: FormProblem = {
  message: "",
  fields: { user: "No user has this name. Type a part of it and choose one." },
};

function AddMemberForm({ group, onClose }: Omit<AddMemberProps, "isOpen">) {
  const router = useRouter();
  const addition = useActionMutation(addUserToGroupAction);
  const [isMissing, setIsMissing] = useState(false);
  const add = (values: FormData) => {
    const userId = textOf(values, "userId");
    setIsMissing(userId === "");
    if (userId === "") return;
    addition.mutate(
      { userId, groupId: group.id },
      {
        onSuccess: ({ userName }) => {
          onClose();
          announce(`“${userName}” was added to ${group.name}`);
          router.refresh();
        },
      },
    );
  };
  return (
    <Form onSubmit={add} pending={addition.isPending} error={isMissing ? noUser : addition.error}>
      <PersonField
        name="user"
        label="User"
        hint="Part of the name, the e-mail address or the database user name, or the OCID."
        onChange={() => setIsMissing(false)}
      />
      {group.isAdministrators && (
        <InlineAlert tone="warn">
          Members of {group.name} may do everything, for everybody: create and delete users, reset
          passwords and manage all credentials.
        </InlineAlert>
      )}
      <FormActions submitLabel="Add member" pending={addition.isPending} onCancel={onClose} />
    </Form>
  );
}
