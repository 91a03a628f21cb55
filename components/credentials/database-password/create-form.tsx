"use client";

import { useState } from "react";

import { CriteriaList } from "@/components/form/criteria-list";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { PasswordField } from "@/components/form/password-field";
import { textOf } from "@/components/form/text-of";
import {
  databasePasswordCriteria,
  databasePasswordProblems,
} from "@/lib/domain/credentials/database-password/rules";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { PasswordPolicy } from "@/lib/domain/password/criteria";
import { defaultPasswordPolicy } from "@/lib/domain/password/policy";

import type { Owner } from "../context";
import { chosenExpiry, ExpiryField } from "../expiry-field";
import { type IssueValues, missingProblem, PlainFields, valuesOf } from "../issue-form";

type DatabasePasswordFormProps = {
  description: KindDescription;
  owner: Owner;
  policy: PasswordPolicy | undefined;
  pending: boolean;
  error: FormProblem | null;
  onSubmit: (made: IssueValues) => void;
  onCancel: () => void;
};

const nothingTyped = { password: "", confirmation: "" };

/** Description, the password twice, and the rules beside it, ticked while the person types. */
export function DatabasePasswordForm(props: DatabasePasswordFormProps) {
  const { description, owner, policy = defaultPasswordPolicy, pending, error } = props;
  const [typed, setTyped] = useState(nothingTyped);
  const [isShown, setIsShown] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const submit = (form: FormData) => {
    const found =
      missingProblem(form, description.fields) ?? passwordProblem(form, { policy, owner });
    if (found !== null) return setProblem(found);
    const expiry = chosenExpiry(form, new Date());
    if (!expiry.isChosen) return setProblem(expiry.problem);
    setProblem(null);
    const values = { ...valuesOf(form, description.fields), password: textOf(form, "password") };
    props.onSubmit({ values, expiresAt: expiry.expiresAt });
  };
  const isDifferent = typed.confirmation !== "" && typed.confirmation !== typed.password;
  return (
    <Form onSubmit={submit} pending={pending} error={problem ?? error}>
      <PlainFields fields={description.fields} />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        hasToggle={false}
        isShown={isShown}
        onChange={(event) => setTyped({ ...typed, password: event.target.value })}
      />
      <CriteriaList
        label="Rules for the password"
        criteria={databasePasswordCriteria(policy, typed.password, owner)}
      />
      <PasswordField
        name="confirmPassword"
        label="Confirm Password"
        autoComplete="new-password"
        isShown={isShown}
        onShownChange={setIsShown}
        {...(isDifferent && { hint: "Not the same as above yet." })}
        onChange={(event) => setTyped({ ...typed, confirmation: event.target.value })}
      />
      <ExpiryField />
      <FormActions
        submitLabel={description.confirmLabel}
        pending={pending}
        onCancel={props.onCancel}
      />
    </Form>
  );
}

function passwordProblem(
  form: FormData,
  { policy, owner }: { policy: PasswordPolicy; owner: Owner },
): FormProblem | null {
  const password = textOf(form, "password");
  if (password === "") return at("password", "Password is missing.");
  const problems = databasePasswordProblems(policy, password, owner);
  if (problems.length > 0) return at("password", problems.join(" "));
  if (password !== textOf(form, "confirmPassword"))
    return at("confirmPassword", "The two passwords differ. Type the new one again.");
  return null;
}

const at = (field: string, message: string): FormProblem => ({
  message,
  fields: { [field]: message },
});
