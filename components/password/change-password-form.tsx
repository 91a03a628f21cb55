"use client";

import { useActionState, useEffect, useRef, useState } from "react";

import { CriteriaList } from "@/components/form/criteria-list";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { ServerForm } from "@/components/form/server-form";
import { changePasswordAction } from "@/lib/actions/forms";
import { passwordCriteria, type PasswordPolicy } from "@/lib/domain/password/criteria";

const fields = ["currentPassword", "newPassword", "confirmNewPassword"];
const nothingTyped = { newPassword: "", confirmation: "" };

export type ChangePasswordFormProps = {
  userName: string;
  policy: PasswordPolicy;
  /** The one-time password has to go before anything else. */
  isForced: boolean;
};

/** Works without JavaScript; with it, the rules are ticked while the person types. The server decides by the same rules. */
export function ChangePasswordForm({ userName, policy, isForced }: ChangePasswordFormProps) {
  const [state, action, pending] = useActionState(changePasswordAction, {});
  const [typed, setTyped] = useState(nothingTyped);
  const [isShown, setIsShown] = useState(false);
  const [answered, setAnswered] = useState(state);
  const currentPassword = useKeptField(
    pending,
    state.error?.fields?.["currentPassword"] === undefined,
  );
  // React empties the fields after an answer: the rules go back to the start with them.
  if (answered !== state) {
    setAnswered(state);
    setTyped(nothingTyped);
  }
  return (
    <ServerForm
      label="Change password"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={fields}
    >
      {/* Password managers look for the name that the password belongs to. */}
      <input type="text" autoComplete="username" defaultValue={userName} readOnly hidden />
      <PasswordField
        ref={currentPassword}
        name="currentPassword"
        label="Current Password"
        autoComplete="current-password"
        hasToggle={false}
        isShown={isShown}
        {...(isForced && { hint: "The password that you just signed in with." })}
      />
      <PasswordField
        name="newPassword"
        label="New Password"
        autoComplete="new-password"
        hasToggle={false}
        isShown={isShown}
        onChange={(event) => setTyped({ ...typed, newPassword: event.target.value })}
      />
      <CriteriaList
        label="Rules for the new password"
        criteria={passwordCriteria(policy, { password: typed.newPassword, userName })}
      />
      <PasswordField
        name="confirmNewPassword"
        label="Confirm New Password"
        autoComplete="new-password"
        isShown={isShown}
        onShownChange={setIsShown}
        {...(typed.confirmation !== "" &&
          typed.confirmation !== typed.newPassword && { hint: "Not the same as above yet." })}
        onChange={(event) => setTyped({ ...typed, confirmation: event.target.value })}
      />
      <p className="text-small text-ink-soft">
        Saving ends your sessions on all other devices. Common passwords
        {policy.historyLength > 0 && ` and your last ${policy.historyLength}`} are refused.
      </p>
      <FormActions submitLabel="Save New Password" pending={pending} />
    </ServerForm>
  );
}

/**
 * What was typed there outlives an answer that finds no fault with it: nobody types a one-time password again because the
 * new one was too short.
 */
function useKeptField(pending: boolean, isRight: boolean) {
  const field = useRef<HTMLInputElement>(null);
  const kept = useRef("");
  useEffect(() => {
    if (field.current === null) return;
    if (pending) kept.current = field.current.value;
    else if (isRight && kept.current !== "") field.current.value = kept.current;
  }, [pending, isRight]);
  return field;
}
