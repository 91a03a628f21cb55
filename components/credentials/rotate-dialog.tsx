"use client";

import { useState } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { Dialog } from "@/components/ui/dialog";
import { rotateCredentialAction } from "@/lib/actions/credentials";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { chosenExpiry, ExpiryField } from "./expiry-field";
import { IssuedReveal, revealTitle } from "./issued-reveal";
import type { RotateDialogProps } from "./kind-props";
import { chosenOverlap, OverlapField } from "./overlap-field";
import { useRevealClosing } from "./use-reveal-closing";

/** From the choice of how long the old one lives on to the one showing of the new secret, in one dialog. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function RotateDialog(props: RotateDialogProps) {
  const { description, rotating, isOpen, onClose, onClosed } = props;
  const [hasOverlap, setHasOverlap] = useState(false);
  const rotate = useActionMutation(rotateCredentialAction);
  const close = () => {
    rotate.reset();
    onClose();
  };
  const closing = useRevealClosing(close);
  const made = rotate.data;
  const requestClose = () => {
    if (rotate.isPending) return;
    if (made?.secret === undefined) close();
    else closing.request();
  };
  const { id, kind, ownerId } = rotating;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={requestClose}
      onClosed={onClosed}
      size={made === undefined ? "regular" : "wide"}
      title={
        made === undefined
          ? `Rotate ${description.noun.one} “${rotating.name}”`
          : revealTitle(props, made.credential)
      }
      description={made === undefined ? purposeOf(props) : undefined}
    >
      {!isOpen ? null : made?.secret === undefined ? (
        <RotateForm
          {...props}
          pending={rotate.isPending}
          error={rotate.error}
          onCancel={requestClose}
          onSubmit={(chosen) => {
            setHasOverlap(chosen.overlap !== "now");
            rotate.mutate({ ownerId, kind, credential: { id }, ...chosen });
          }}
        />
      ) : (
        <IssuedReveal
          {...props}
          credential={made.credential}
          secret={made.secret}
          closing={closing}
          note={
            hasOverlap && (
              <p className="text-ink-soft">
                Switch every client over, then retire the old one. The list says who still uses it.
              </p>
            )
          }
        />
      )}
    </Dialog>
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
  const submit = (form: FormData) => {
    const overlap = chosenOverlap(form);
    if (!hasOwnExpiry) return onSubmit({ overlap });
    const expiry = chosenExpiry(form, new Date());
    if (!expiry.isChosen) return setProblem(expiry.problem);
    setProblem(null);
    onSubmit({ overlap, expiresAt: expiry.expiresAt });
  };
  return (
    <Form onSubmit={submit} pending={pending} error={problem ?? error}>
      <OverlapField description={description} credential={rotating} />
      {hasOwnExpiry && <ExpiryField like={rotating} />}
      <FormActions submitLabel="Rotate" pending={pending} onCancel={onCancel} />
    </Form>
  );
}

function purposeOf({
  description: { secretNoun = "secret", successor },
  rotating,
}: RotateDialogProps) {
  return successor === "same-id"
    ? `“${rotating.name}” stays what it is and gets a new ${secretNoun}.`
    : `A new ${secretNoun} takes the place of “${rotating.name}”, also where no place is free.`;
}
