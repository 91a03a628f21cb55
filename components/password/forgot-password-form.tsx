"use client";

import { useActionState } from "react";

import { FormActions } from "@/components/form/form-actions";
import { ServerForm } from "@/components/form/server-form";
import { TextField } from "@/components/form/fields";
import { requestTemporaryPasswordAction } from "@/lib/actions/forms";

import { OnlyAdministrator } from "./only-administrator";

const fields = ["userName"];

/** Asks for a temporary password. The answer is the same for every name: nobody learns here who exists. */
export function ForgotPasswordForm() {
  const [state, action, pending] = useActionState(requestTemporaryPasswordAction, {});
  if (state.isDone === true) return <Answer userName={state.userName ?? ""} />;
  return (
    <ServerForm
      label="Forgot password"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={fields}
    >
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
      <FormActions submitLabel="Send temporary password" pending={pending} />
    </ServerForm>
  );
}

function Answer({ userName }: { userName: string }) {
  return (
    <div className="flex flex-col gap-3">
      <output>
        If “<span className="break-all">{userName}</span>” is a user with an e-mail address, a mail
        with a temporary password arrives there within minutes.
      </output>
      <ul className="ml-4 flex list-disc flex-col gap-1.5 text-ink-soft marker:text-ink-faint">
        <li>It is valid for 24 hours, works once, and has to be changed at sign-in.</li>
        <li>Until it is used, the old password goes on working.</li>
        <li>
          No mail, or no e-mail address? Ask an administrator to reset your password. A blocked user
          needs an administrator, too. <OnlyAdministrator />
        </li>
      </ul>
    </div>
  );
}
