"use client";

import type { ReactNode } from "react";

import { FormBody } from "./form-body";
import type { FormProblem } from "./form-context";

export type ServerFormProps = {
  /** From `useActionState`; its state carries a message and never a secret. */
  action: (values: FormData) => void;
  pending: boolean;
  error: FormProblem | null;
  /** The names of its fields, so that a problem stands at its field without JavaScript, too. */
  fieldNames: readonly string[];
  children: ReactNode;
  className?: string | undefined;
  label?: string | undefined;
};

/** The shell of the few forms that work without JavaScript: sign in, forgot password, change password. */
export function ServerForm({
  action,
  pending,
  error,
  fieldNames,
  children,
  className,
  label,
}: ServerFormProps) {
  return (
    <form
      action={action}
      data-leaves=""
      noValidate
      aria-label={label}
      aria-busy={pending}
      className={className}
    >
      <FormBody error={error} submissions={0} fieldNames={fieldNames}>
        {children}
      </FormBody>
    </form>
  );
}
