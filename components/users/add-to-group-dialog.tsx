"use client";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import {
  GroupField,
  groupIn,
  type NamedGroup,
  noSuchGroup,
  useGroupId,
} from "@/components/groups/group-field";
import { Dialog } from "@/components/ui/dialog";
import { addUserToGroupAction } from "@/lib/actions/groups";

export type JoiningUser = {
  user: { id: string; name: string };
  /** The OCIDs of the groups that the user is in. */
  joined: readonly string[];
};

type AddToGroupProps = JoiningUser & { isOpen: boolean; onClose: () => void };

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function AddToGroupDialog({ isOpen, onClose, ...props }: AddToGroupProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Add “${props.user.name}” to a group`}
      size="small"
    >
      <AddToGroupForm {...props} onClose={onClose} />
    </Dialog>
  );
}

const noGroup = {
  ok: false,
  error: { code: "invalid_input", message: "", fields: { group: noSuchGroup } },
} as const;

function AddToGroupForm({ user, joined, onClose }: JoiningUser & { onClose: () => void }) {
  const groupIdOf = useGroupId();
  const addition = useDialogAction(
    async ({ named, ...rest }: { named: NamedGroup; userId: string }) => {
      const groupId = await groupIdOf(named);
      return groupId === undefined ? noGroup : addUserToGroupAction({ groupId, ...rest });
    },
    onClose,
    ({ groupName }) => `“${user.name}” was added to ${groupName}`,
  );
  return (
    <Form
      onSubmit={(values) => addition.mutate({ named: groupIn(values), userId: user.id })}
      pending={addition.isPending}
      error={addition.error}
    >
      <GroupField isLeftOut={({ id }) => joined.includes(id)} />
      <FormActions submitLabel="Add to group" pending={addition.isPending} onCancel={onClose} />
    </Form>
  );
}
