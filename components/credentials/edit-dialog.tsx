"use client";

import { useState } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { Dialog } from "@/components/ui/dialog";
import { updateCredentialAction } from "@/lib/actions/credentials";
import { credentialsKey } from "@/lib/client/credential-list";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import { chosenExpiry, ExpiryField } from "./expiry-field";
import { missingProblem, PlainFields, valuesOf } from "./issue-form";

type EditDialogProps = {
  description: KindDescription;
  credential: CredentialView;
  isOpen: boolean;
  onClose: () => void;
};

/** Changes what may change after issue, its expiry while that is to come; the secret stays what it is. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function EditDialog({ description, credential, isOpen, onClose }: EditDialogProps) {
  const { id, kind, ownerId, state, expiresAt } = credential;
  // What was replaced or has expired goes when it was said to.
  const canMoveExpiry = state === "active" || state === "disabled";
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const update = useActionMutation(updateCredentialAction, {
    invalidates: [credentialsKey(ownerId, kind)],
    onDone: () => close(),
  });
  const close = () => {
    setProblem(null);
    update.reset();
    onClose();
  };
  const fields = description.fields.filter(({ name }) => description.editable.includes(name));
  const save = (form: FormData) => {
    const missing = missingProblem(form, fields);
    if (missing !== null) return setProblem(missing);
    const expiry = chosenExpiry(form, new Date(), expiresAt);
    if (!expiry.isChosen && canMoveExpiry) return setProblem(expiry.problem);
    setProblem(null);
    update.mutate({
      ownerId,
      kind,
      credential: { id },
      values: valuesOf(form, fields),
      ...(expiry.isChosen && canMoveExpiry && { expiresAt: expiry.expiresAt }),
    });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={`Edit ${description.noun.one} “${credential.name}”`}
    >
      <Form onSubmit={save} pending={update.isPending} error={problem ?? update.error}>
        <PlainFields fields={fields} initial={credential.details} />
        {canMoveExpiry && <ExpiryField kept={expiresAt} />}
        <FormActions submitLabel="Save Changes" pending={update.isPending} onCancel={close} />
      </Form>
    </Dialog>
  );
}
