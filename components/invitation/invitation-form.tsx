"use client";

import { useActionState } from "react";

import { FormActions } from "@/components/form/form-actions";
import { ServerForm } from "@/components/form/server-form";
import { acceptInvitationAction } from "@/lib/actions/forms";

/** The button that uses a mailed invitation. Works without JavaScript; the page it leads to shows the password. */
export function InvitationForm() {
  const [state, action, pending] = useActionState(acceptInvitationAction, {});
  // Nothing mends the link; whatever else went wrong may be over at the next try.
  const isOver = state.error?.code === "invalid_input";
  return (
    <ServerForm
      label="Invitation"
      action={action}
      pending={pending}
      error={state.error ?? null}
      fieldNames={[]}
    >
      {!isOver && (
        <>
          <p className="text-ink-soft">
            The one-time password is shown once, right after this. The link in the mail is used up
            then.
          </p>
          <FormActions submitLabel="Make one-time password" pending={pending} />
        </>
      )}
    </ServerForm>
  );
}
