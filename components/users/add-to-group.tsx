"use client";

import { Plus } from "lucide-react";
import { useState } from "react";

import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Button } from "@/components/ui/button";
import { Dialog, preloadDialog } from "@/components/ui/dialog";
import { InlineAlert } from "@/components/ui/inline-alert";
import { addUserToGroupAction } from "@/lib/actions/groups";

type JoinableGroup = { id: string; name: string; description: string; isAdministrators: boolean };
type AddToGroupProps = { user: { id: string; name: string }; groups: readonly JoinableGroup[] };

export function AddToGroupButton({ user, groups }: AddToGroupProps) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <>
      <Button
        icon={<Plus aria-hidden="true" className="size-4" />}
        disabledReason={
          groups.length === 0
            ? "There is no other group. Groups are made on the page “Groups”."
            : undefined
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
        title={`Add “${user.name}” to a group`}
        size="small"
      >
        <AddToGroupForm user={user} groups={groups} onClose={close} />
      </Dialog>
    </>
  );
}

function AddToGroupForm({ user, groups, onClose }: AddToGroupProps & { onClose: () => void }) {
  const addition = useDialogAction(
    addUserToGroupAction,
    onClose,
    ({ groupName }) => `“${user.name}” was added to ${groupName}`,
  );
  const [groupId, setGroupId] = useState(groups[0]?.id ?? "");
  const chosen = groups.find(({ id }) => id === groupId);
  const isPowerful = chosen?.isAdministrators === true;
  const add = () => addition.mutate({ userId: user.id, groupId });
  return (
    <Form onSubmit={add} pending={addition.isPending} error={addition.error}>
      <SelectField
        name="groupId"
        label="Group"
        value={groupId}
        onChange={(event) => setGroupId(event.target.value)}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        hint={isPowerful || chosen?.description === "" ? undefined : chosen?.description}
      />
      {isPowerful && (
        <InlineAlert tone="warn">
          Members of {chosen?.name} may do everything, for everybody: create and delete users, reset
          passwords and manage all credentials.
        </InlineAlert>
      )}
      <FormActions submitLabel="Add to group" pending={addition.isPending} onCancel={onClose} />
    </Form>
  );
}
