"use client";

import { Plus } from "lucide-react";
import { useState } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { GroupField, noSuchGroup, useGroupOf } from "@/components/groups/group-field";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { addUserToGroupAction } from "@/lib/actions/groups";

type AddToGroupProps = {
  user: { id: string; name: string };
  /** The OCIDs of the groups that the user is in. */
  joined: readonly string[];
};

export function AddToGroupButton({
  isAnother,
  ...props
}: AddToGroupProps & {
  /** Whether there is a group that the user is not in. */
  isAnother: boolean;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button
        icon={<Plus aria-hidden="true" className="size-4" />}
        disabledReason={
          isAnother ? undefined : "There is no other group. Groups are made on the page “Groups”."
        }
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
        onClick={() => setIsOpen(true)}
      >
        Add to group
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={(reason) => reason !== "outside" && close()}
        title={`Add “${props.user.name}” to a group`}
        size="small"
      >
        <AddToGroupForm {...props} onClose={close} />
      </Dialog>
    </>
  );
}

const noGroup = {
  ok: false,
  error: { code: "invalid_input", message: "", fields: { group: noSuchGroup } },
} as const;

function AddToGroupForm({ user, joined, onClose }: AddToGroupProps & { onClose: () => void }) {
  const groupOf = useGroupOf();
  const addition = useDialogAction(
    async (values: FormData) => {
      const groupId = await groupOf(values);
      return groupId === undefined ? noGroup : addUserToGroupAction({ userId: user.id, groupId });
    },
    onClose,
    ({ groupName }) => `“${user.name}” was added to ${groupName}`,
  );
  return (
    <Form
      onSubmit={(values) => addition.mutate(values)}
      pending={addition.isPending}
      error={addition.error}
    >
      <GroupField isLeftOut={({ id }) => joined.includes(id)} />
      <FormActions submitLabel="Add to group" pending={addition.isPending} onCancel={onClose} />
    </Form>
  );
}
