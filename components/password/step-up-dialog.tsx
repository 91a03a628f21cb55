"use client";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { Dialog } from "@/components/ui/dialog";
import { useEscapeAbove } from "@/components/ui/use-escape-above";
import { proveIdentityAction } from "@/lib/actions/identity";
import { proof } from "@/lib/client/step-up";
import { useActionMutation } from "@/lib/client/use-action-mutation";

/** Asks for the password again, on behalf of whatever action demanded it; that action then repeats by itself. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function StepUpDialog({ isOpen }: { isOpen: boolean }) {
  useEscapeAbove(isOpen, cancel);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={cancel}
      size="small"
      title="Confirm that it is you"
      description="It is some time since you entered your password. Enter it again to go on."
    >
      {isOpen && <ProofForm />}
    </Dialog>
  );
}

function cancel() {
  proof.settle(false);
}

/** Goes with the dialog's content, and the password that it sent goes with it. */
function ProofForm() {
  const proving = useActionMutation(proveIdentityAction);
  const prove = (values: FormData) =>
    proving.mutate(
      { password: values.get("password") },
      {
        onSuccess: () => {
          proving.reset();
          proof.settle(true);
        },
      },
    );
  return (
    <Form onSubmit={prove} pending={proving.isPending} error={proving.error}>
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        // The dialog was opened to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <FormActions submitLabel="Continue" pending={proving.isPending} onCancel={cancel} />
    </Form>
  );
}
