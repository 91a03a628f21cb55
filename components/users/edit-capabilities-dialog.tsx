"use client";

import { CheckboxField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { updateCapabilitiesAction } from "@/lib/actions/users";

import type { ManagedUser, UserDialogProps } from "./user-dialogs";

/** The switches of a user's credential kinds. */
export function EditCapabilitiesDialog({ user, isOpen, onClose }: UserDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Capabilities of “${user.name}”`}
      description="What is off opens nothing from the next attempt on, and no new one can be made. Nothing is deleted: switched on again, it works as before."
      size="small"
    >
      <CapabilitiesForm user={user} onClose={onClose} />
    </Dialog>
  );
}

function CapabilitiesForm({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const update = useDialogAction(updateCapabilitiesAction, onClose, () => "Capabilities saved");
  const save = (values: FormData) => {
    const capabilities = Object.fromEntries(
      user.capabilities
        .filter(({ id, isOn }) => values.has(id) !== isOn)
        .map(({ id }) => [id, values.has(id)]),
    );
    update.mutate({ userId: user.id, capabilities });
  };
  return (
    <Form onSubmit={save} pending={update.isPending} error={update.error}>
      <fieldset>
        <legend className="mb-1 text-small font-medium">May use</legend>
        {user.capabilities.map(({ id, label, isOn }) => {
          const isImpossible = id === "canUseConsolePassword" && user.kind === "service";
          return (
            <CheckboxField
              key={id}
              name={id}
              label={label}
              defaultChecked={isOn}
              disabled={isImpossible}
              hint={isImpossible ? "A service user has no password." : undefined}
            />
          );
        })}
      </fieldset>
      <FormActions submitLabel="Save capabilities" pending={update.isPending} onCancel={onClose} />
    </Form>
  );
}
