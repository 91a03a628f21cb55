"use client";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { textOf } from "@/components/form/text-of";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Dialog } from "@/components/ui/dialog";
import { setUserLimitsAction } from "@/lib/actions/limits";

import type { ManagedUser, UserDialogProps } from "./user-dialogs";

/** How many of each kind this user may have; an empty field is what the settings say for everybody. */
export function EditLimitsDialog({ user, isOpen, onClose }: UserDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Limits of “${user.name}”`}
      description="An empty field means the limit that the settings have for everybody. A lower limit deletes nothing."
      size="small"
    >
      <LimitsForm user={user} onClose={onClose} />
    </Dialog>
  );
}

function LimitsForm({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const update = useDialogAction(setUserLimitsAction, onClose, () => "Limits saved");
  const save = (values: FormData) => {
    const limits = Object.fromEntries(
      user.limits
        .map(({ id, own }) => ({ id, own, wanted: limitFrom(textOf(values, nameOf(id))) }))
        .filter(({ own, wanted }) => wanted !== own)
        .map(({ id, wanted }) => [id, wanted]),
    );
    update.mutate({ userId: user.id, limits });
  };
  return (
    <Form onSubmit={save} pending={update.isPending} error={update.error}>
      <div className="grid grid-cols-1 items-end gap-x-6 gap-y-3 sm:grid-cols-2">
        {user.limits.map(({ id, label, own, tenancy, used }) => (
          <TextField
            key={id}
            name={nameOf(id)}
            label={label}
            hint={`Has ${used}. For everybody: ${tenancy}.`}
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            placeholder={String(tenancy)}
            defaultValue={own === null ? "" : String(own)}
          />
        ))}
      </div>
      <FormActions submitLabel="Save limits" pending={update.isPending} onCancel={onClose} />
    </Form>
  );
}

const nameOf = (kindId: string) => `limits.${kindId}`;

/** What is no number goes to the server as it is, which says what it should be. */
function limitFrom(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
