"use client";

import { clsx } from "clsx";
import { type ReactNode, type SubmitEvent, useState } from "react";

import { useDialogHold } from "@/components/ui/dialog-hold";
import { useHydrated } from "@/lib/client/hydrated";

import { FormBody } from "./form-body";
import type { FormProblem } from "./form-context";

export type FormProps = {
  onSubmit: (values: FormData) => void;
  /** Some field has another value now. */
  onChange?: (() => void) | undefined;
  /** Both are required, so that no form can forget to show its wait or its problem. */
  pending: boolean;
  error: FormProblem | null;
  children: ReactNode;
  className?: string | undefined;
  /** The name of the form, where no heading gives it one. */
  label?: string | undefined;
};

/**
 * The shell of every form whose answer comes by a mutation. Submits by `onSubmit`, never by the `action` property: that
 * would reset the fields after a refusal. Off until hydrated, so that no secret can ever reach an address line.
 */
export function Form(props: FormProps) {
  const { onSubmit, onChange, pending, error, children, className, label } = props;
  const isHydrated = useHydrated();
  useDialogHold(pending);
  const [submissions, setSubmissions] = useState(0);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A form in a dialog is a React child of the page's form: its submission must not climb there.
    event.stopPropagation();
    if (pending) return;
    setSubmissions(submissions + 1);
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form
      method="post"
      noValidate
      onSubmit={submit}
      onChange={onChange}
      aria-label={label}
      className={className}
    >
      <fieldset disabled={!isHydrated} className={clsx("min-w-0")}>
        <FormBody error={error} submissions={submissions}>
          {children}
        </FormBody>
      </fieldset>
    </form>
  );
}
