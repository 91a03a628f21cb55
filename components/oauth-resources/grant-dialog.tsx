"use client";

import { useState } from "react";

import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
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
      description="Members of the group choose from these scopes for their credentials. What is taken back is in no token from now on; one made before is good for up to an hour at services that do not ask here."
    >
      <GrantForm {...props} />
    </Dialog>
  );
}

function GrantForm({ resource, groups, onClose }: GrantDialogProps) {
  const [groupId, setGroupId] = useState(groups[0]?.id ?? "");
  const chosen = groups.find(({ id }) => id === groupId);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const group = chosen?.name ?? "the group";
  const isGranted = resource.scopes.some(({ groups: having }) =>
    having.some(({ id }) => id === groupId),
  );
  const grant = useDialogAction(grantScopesAction, onClose, ({ scopes }) =>
    scopes.some(({ groups: having }) => having.some(({ id }) => id === groupId))
      ? `The scopes of ${group} are changed`
      : `All scopes are taken back from ${group}`,
  );
  const save = (form: FormData) => {
    const scopes = form.getAll("scope").filter((scope) => typeof scope === "string");
    const isNothing = scopes.length === 0 && !isGranted;
    setProblem(isNothing ? nothingChosen : null);
    if (!isNothing) grant.mutate({ resourceId: resource.id, groupId, scopes });
  };
  return (
    <Form onSubmit={save} pending={grant.isPending} error={problem ?? grant.error}>
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
        {isGranted && (
          <p className="mb-1 text-small text-ink-soft">
            Without any, the group loses those that it has.
          </p>
        )}
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

const nothingChosen: FormProblem = { message: "Choose at least one scope." };
