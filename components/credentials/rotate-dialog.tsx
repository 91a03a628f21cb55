"use client";

import { useState } from "react";

import { CheckboxField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { InlineAlert } from "@/components/ui/inline-alert";
import { rotateCredentialAction } from "@/lib/actions/credentials";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { chosenExpiry, ExpiryField } from "./expiry-field";
import type { RotateDialogProps } from "./kind-props";
import { chosenOverlap, OverlapField } from "./overlap-field";
import { RevealDialog } from "./reveal-dialog";

/** From the choice of how long the old one lives on to the new secret. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RotateDialog(props: RotateDialogProps) {
  const { rotating } = props;
  const [hasOverlap, setHasOverlap] = useState(false);
  const rotate = useActionMutation(rotateCredentialAction);
  const { id, kind, ownerId } = rotating;
  return (
    <RevealDialog
      {...props}
      title={titleOf(props)}
      purpose={purposeOf(props)}
      made={rotate.data}
      onReset={rotate.reset}
      note={
        hasOverlap && (
          <p className="text-ink-soft">
            Switch every client over, then retire the old one. The list says who still uses it.
          </p>
        )
      }
    >
      {(onCancel) => (
        <RotateForm
          {...props}
          pending={rotate.isPending}
          error={rotate.error}
          onCancel={onCancel}
          onSubmit={(chosen) => {
            setHasOverlap(chosen.overlap !== "now");
            rotate.mutate({ ownerId, kind, credential: { id }, ...chosen });
          }}
        />
      )}
    </RevealDialog>
  );
}

type Chosen = { overlap: ReturnType<typeof chosenOverlap>; expiresAt?: string | null };

function RotateForm({
  description,
  rotating,
  pending,
  error,
  onSubmit,
  onCancel,
}: RotateDialogProps & {
  pending: boolean;
  error: FormProblem | null;
  onSubmit: (chosen: Chosen) => void;
  onCancel: () => void;
}) {
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const hasOwnExpiry = description.successor === "new-id";
  const { renewal } = description;
  const submit = (form: FormData) => {
    setProblem(null);
    if (renewal !== undefined && !form.has("isAcknowledged"))
      return setProblem({ message: notAcknowledged, fields: { isAcknowledged: notAcknowledged } });
    const overlap = chosenOverlap(form);
    if (!hasOwnExpiry) return onSubmit({ overlap });
    const expiry = chosenExpiry(form, new Date());
    if (!expiry.isChosen) return setProblem(expiry.problem);
    onSubmit({ overlap, expiresAt: expiry.expiresAt });
  };
  return (
    <Form onSubmit={submit} pending={pending} error={problem ?? error}>
      <OverlapField description={description} credential={rotating} />
      {hasOwnExpiry && <ExpiryField like={rotating} />}
      {renewal !== undefined && (
        <div className="flex flex-col gap-1">
          <InlineAlert tone="warn">{renewal.warning}</InlineAlert>
          <CheckboxField name="isAcknowledged" label={renewal.acknowledgement} />
        </div>
      )}
      <FormActions submitLabel={renewal?.label ?? "Rotate"} pending={pending} onCancel={onCancel} />
    </Form>
  );
}

const notAcknowledged = "Tick this to go on.";

function titleOf({ description: { noun, renewal }, rotating: { name } }: RotateDialogProps) {
  return renewal === undefined ? `Rotate ${noun.one} “${name}”` : `${renewal.label} of “${name}”`;
}

function purposeOf({
  description: { secretNoun = "secret", successor },
  rotating,
}: RotateDialogProps) {
  return successor === "same-id"
    ? `“${rotating.name}” stays what it is and gets a new ${secretNoun}.`
    : `A new ${secretNoun} takes the place of “${rotating.name}”, also where no place is free.`;
}
