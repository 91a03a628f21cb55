"use client";

import { useState } from "react";

import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { grantScopesAction } from "@/lib/actions/oauth";
import type { GrantedGroup, ResourceView } from "@/lib/domain/oauth/resource";

type GrantDialogProps = {
  resource: ResourceView;
  groups: readonly GrantedGroup[];
  isOpen: boolean;
  onClose: () => void;
};

/** Group by group, which of the resource's scopes its members may have. */
export function GrantDialog(props: GrantDialogProps) {
  const { resource, isOpen, onClose } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Grant scopes of “${resource.name}”`}
      description="Members of the group choose from these scopes for their credentials. What is taken back ends with the next token."
    >
      <GrantForm {...props} />
    </Dialog>
  );
}

function GrantForm({ resource, groups, onClose }: GrantDialogProps) {
  const [groupId, setGroupId] = useState(groups[0]?.id ?? "");
  const chosen = groups.find(({ id }) => id === groupId);
  const grant = useDialogAction(
    grantScopesAction,
    onClose,
    () => `The scopes of ${chosen?.name ?? "the group"} are changed`,
  );
  const save = (form: FormData) =>
    grant.mutate({
      resourceId: resource.id,
      groupId,
      scopes: form.getAll("scope").filter((scope) => typeof scope === "string"),
    });
  return (
    <Form onSubmit={save} pending={grant.isPending} error={grant.error}>
      <SelectField
        name="groupId"
        label="Group"
        value={groupId}
        onChange={(event) => setGroupId(event.target.value)}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {/* Another group has other scopes. */}
      <fieldset key={groupId} className="flex min-w-0 flex-col">
        <legend className="mb-1 text-small font-medium">Scopes</legend>
        {resource.scopes.map((scope) => (
          <Checkbox
            key={scope.name}
            name="scope"
            value={scope.name}
            label={scope.name}
            defaultChecked={scope.groups.some(({ id }) => id === groupId)}
          />
        ))}
      </fieldset>
      <FormActions submitLabel="Save Changes" pending={grant.isPending} onCancel={onClose} />
    </Form>
  );
}
