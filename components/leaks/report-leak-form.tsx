"use client";

import { useActionState } from "react";

import { TextareaField } from "@/components/form/fields";
import { FormActions } from "@/components/form/form-actions";
import { ServerForm } from "@/components/form/server-form";
import { reportLeakAction } from "@/lib/actions/forms";

const fields = ["text"];

/** Works without JavaScript. The answer is the same for every text: nobody learns here what is real. */
export function ReportLeakForm() {
  const [state, action, pending] = useActionState(reportLeakAction, {});
  if (state.isDone === true) return <Answer />;
  return (
    <ServerForm
      label="Report a leaked secret"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={fields}
    >
      <TextareaField
        name="text"
        label="What you found"
        hint="The secret itself, a private key, or a whole text with some in it. It is compared and not kept."
        isCode
        rows={6}
        maxLength={60_000}
      />
      <FormActions submitLabel="Report" pending={pending} />
    </ServerForm>
  );
}

function Answer() {
  return (
    <div className="flex flex-col gap-3">
      <output>
        Thank you. A secret that was issued here and still worked is ended within moments, and its
        owner is told.
      </output>
      <p className="text-ink-soft">
        Everybody gets this answer: it does not say whether what you found was real.
      </p>
    </div>
  );
}
