"use client";

import Link from "next/link";
import { useActionState } from "react";

import { FormActions } from "@/components/form/form-actions";
import { TextField } from "@/components/form/fields";
import { ServerForm } from "@/components/form/server-form";
import { secondFactorAction } from "@/lib/actions/forms";

import { AfterRefusal } from "./only-administrator";

const fields = ["code"];

export type SecondFactorFormProps = {
  callbackUrl: string;
  /** The app is not at hand. */
  isRecovery: boolean;
  /** This page, asking for the other kind of code. */
  otherHref: string;
};

/** Works without JavaScript. */
export function SecondFactorForm({ callbackUrl, isRecovery, otherHref }: SecondFactorFormProps) {
  const [state, action, pending] = useActionState(secondFactorAction, {});
  return (
    <ServerForm
      label="Second factor"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={fields}
    >
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <TextField
        key={isRecovery ? "recovery" : "code"}
        name="code"
        label={isRecovery ? "Recovery code" : "Verification code"}
        hint={
          isRecovery
            ? "One of those that you saved. It works once."
            : "Six digits that your authenticator app shows now."
        }
        autoComplete={isRecovery ? "off" : "one-time-code"}
        inputMode={isRecovery ? "text" : "numeric"}
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={40}
        // The page is there for nothing else.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <FormActions submitLabel="Sign in" pending={pending}>
        <Link href={otherHref} className="link mr-auto text-small">
          {isRecovery ? "Use the authenticator app" : "Use a recovery code"}
        </Link>
      </FormActions>
      <AfterRefusal error={state.error} />
    </ServerForm>
  );
}
