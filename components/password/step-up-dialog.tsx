"use client";

import { useEffect, useRef } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { Dialog } from "@/components/ui/dialog";
import { proveIdentityAction } from "@/lib/actions/identity";
import { settleProof } from "@/lib/client/step-up";
import { useActionMutation } from "@/lib/client/use-action-mutation";

/** Asks for the password again, on behalf of whatever action demanded it; that action then repeats by itself. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function StepUpDialog({ isOpen }: { isOpen: boolean }) {
  useEscape(isOpen, cancel);
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
  settleProof(false);
}

/** Goes with the dialog's content, and the password that it sent goes with it. */
function ProofForm() {
  const proof = useActionMutation(proveIdentityAction);
  const prove = (values: FormData) =>
    proof.mutate(
      { password: values.get("password") },
      {
        onSuccess: () => {
          proof.reset();
          settleProof(true);
        },
      },
    );
  return (
    <Form onSubmit={prove} pending={proof.isPending} error={proof.error}>
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        // The dialog was opened to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <FormActions submitLabel="Continue" pending={proof.isPending} onCancel={cancel} />
    </Form>
  );
}

/** This dialog opens over others that know nothing of it: its Esc must not close them as well. */
function useEscape(isOpen: boolean, cancel: () => void) {
  const latest = useRef(cancel);
  useEffect(() => {
    latest.current = cancel;
  });
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [isOpen]);
}
