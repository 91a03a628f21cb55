"use client";

import { useActionState, useEffect, useRef, useState } from "react";

import { CriteriaList } from "@/components/form/criteria-list";
import { FormActions } from "@/components/form/form-actions";
import { PasswordField } from "@/components/form/password-field";
import { ServerForm } from "@/components/form/server-form";
import { changePasswordAction } from "@/lib/actions/forms";
import {
  formerPasswords,
  passwordCriteria,
  type PasswordPolicy,
} from "@/lib/domain/password/criteria";

const fields = ["currentPassword", "newPassword", "confirmNewPassword"];

export type ChangePasswordFormProps = {
  userName: string;
  policy: PasswordPolicy;
  /** The one-time password has to go before anything else. */
  isForced: boolean;
};

/** Works without JavaScript; with it, the rules are ticked while the person types. The server decides by the same rules. */
export function ChangePasswordForm({ userName, policy, isForced }: ChangePasswordFormProps) {
  const [state, action, pending] = useActionState(changePasswordAction, {});
  const [typed, setTyped] = useState({ newPassword: "", confirmation: "" });
  const [isShown, setIsShown] = useState(false);
  const currentPassword = useKeptField(pending);
  const newPassword = useKeptField(pending);
  const confirmation = useKeptField(pending);
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
        ref={newPassword}
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
        ref={confirmation}
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
        {policy.historyLength > 0 && ` and ${formerPasswords(policy)}`} are refused.
      </p>
      <FormActions submitLabel="Save New Password" pending={pending} />
    </ServerForm>
  );
}

/** React empties the fields after an answer. What was typed comes back: only what is wrong has to be typed again. */
function useKeptField(pending: boolean) {
  const field = useRef<HTMLInputElement>(null);
  const kept = useRef("");
  useEffect(() => {
    const input = field.current;
    if (input === null) return;
    if (!pending) {
      if (kept.current !== "") input.value = kept.current;
      return;
    }
    const keep = () => {
      kept.current = input.value;
    };
    keep();
    input.addEventListener("input", keep);
    return () => input.removeEventListener("input", keep);
  }, [pending]);
  return field;
}
