import type { ReactNode } from "react";

import type { FormState } from "@/lib/actions/forms";

import { FormActions } from "./form-actions";
import { ServerForm } from "./server-form";

type MailedLinkFormProps = {
  label: string;
  state: FormState;
  action: (form: FormData) => void;
  pending: boolean;
  /** What the button does. */
  children: ReactNode;
  submitLabel: string;
};

/** The one button that uses the link of a mail up, as long as the link may be worth anything. Works without JavaScript. */
export function MailedLinkForm(props: MailedLinkFormProps) {
  const { label, state, action, pending, children, submitLabel } = props;
  return (
    <ServerForm
      label={label}
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={[]}
    >
      {!isLinkOver(state) && (
        <>
          <p className="text-ink-soft">{children}</p>
          <FormActions submitLabel={submitLabel} pending={pending} />
        </>
      )}
    </ServerForm>
  );
}

/** Nothing mends the link; whatever else went wrong may be over at the next try. */
export function isLinkOver({ error }: FormState): boolean {
  return error?.code === "invalid_input";
}
