"use client";

import { useActionState } from "react";

import { FormActions } from "@/components/form/form-actions";
import { ServerForm } from "@/components/form/server-form";
import { acceptInvitationAction } from "@/lib/actions/forms";

/** The button that uses a mailed invitation. Works without JavaScript; the page it leads to shows the password. */
export function InvitationForm() {
  const [state, action, pending] = useActionState(acceptInvitationAction, {});
  return (
    <ServerForm
      label="Invitation"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={[]}
    >
      <p className="text-ink-soft">
        It is shown once, right after this, and the link in the mail is used up then.
      </p>
      <FormActions submitLabel="Make one-time password" pending={pending} />
    </ServerForm>
  );
}
