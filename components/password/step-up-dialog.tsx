"use client";

import { useState } from "react";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useEscapeAbove } from "@/components/ui/use-escape-above";
import { proveIdentityAction } from "@/lib/actions/identity";
import { proof } from "@/lib/client/step-up";
import { useActionMutation } from "@/lib/client/use-action-mutation";

type StepUpProps = { isOpen: boolean; hasSecondFactor: boolean };

/** Asks for the password again, or for a code of whoever has a second factor, on behalf of whatever action demanded it; that action then repeats by itself. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function StepUpDialog({ isOpen, hasSecondFactor }: StepUpProps) {
  useEscapeAbove(isOpen, cancel);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={cancel}
      size="small"
      title="Confirm that it is you"
      description={
        hasSecondFactor
          ? "It is some time since you proved it. Enter a code of your authenticator app, or your password, to go on."
          : "It is some time since you entered your password. Enter it again to go on."
      }
    >
      {isOpen && <ProofForm hasSecondFactor={hasSecondFactor} />}
    </Dialog>
  );
}

function cancel() {
  proof.settle(false);
}

/** Goes with the dialog's content, and the password that it sent goes with it. */
function ProofForm({ hasSecondFactor }: { hasSecondFactor: boolean }) {
  const [isByCode, setByCode] = useState(hasSecondFactor);
  const given = isByCode ? "code" : "password";
  const proving = useActionMutation(proveIdentityAction, {
    onDone: () => {
      proving.reset();
      proof.settle(true);
    },
  });
  const switchTo = (byCode: boolean) => {
    proving.reset();
    setByCode(byCode);
  };
  const prove = (values: FormData) => proving.mutate({ [given]: values.get(given) });
  return (
    <Form onSubmit={prove} pending={proving.isPending} error={proving.error}>
      {isByCode ? (
        <TextField
          key="code"
          name="code"
          label="Verification code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={40}
          // The dialog was opened to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
      ) : (
        <PasswordField
          key="password"
          name="password"
          label="Password"
          autoComplete="current-password"
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
      )}
      <FormActions submitLabel="Continue" pending={proving.isPending} onCancel={cancel}>
        {hasSecondFactor && (
          <Button
            variant="ghost"
            className="mr-auto -ml-3 max-sm:basis-full max-sm:justify-start"
            onClick={() => switchTo(!isByCode)}
          >
            {isByCode ? "Use the password" : "Use a code"}
          </Button>
        )}
      </FormActions>
    </Form>
  );
}
