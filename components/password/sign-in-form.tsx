"use client";

import Link from "next/link";
import { useActionState } from "react";

import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { ServerForm } from "@/components/form/server-form";
import { TextField } from "@/components/form/fields";
import { signInAction } from "@/lib/actions/forms";

import { AfterRefusal } from "./only-administrator";

const fields = ["userName", "password"];

/** Works without JavaScript. After a refusal the user name stays and the password is gone. */
export function SignInForm({ callbackUrl }: { callbackUrl: string | undefined }) {
  const [state, action, pending] = useActionState(signInAction, {});
  return (
    <ServerForm
      label="Sign in"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={fields}
    >
      {callbackUrl !== undefined && <input type="hidden" name="callbackUrl" value={callbackUrl} />}
      <TextField
        name="userName"
        label="User name"
        autoComplete="username"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={100}
        defaultValue={state.userName}
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <FormActions submitLabel="Sign in" pending={pending}>
        <Link href="/forgot-password" className="link mr-auto text-small">
          Forgot password
        </Link>
      </FormActions>
      <AfterRefusal error={state.error} />
    </ServerForm>
  );
}
