"use client";

import { useActionState } from "react";

import { MailedLinkForm } from "@/components/form/mailed-link-form";
import { acceptInvitationAction } from "@/lib/actions/forms";

/** The button that uses a mailed invitation; the page it leads to shows the password. */
export function InvitationForm() {
  const [state, action, pending] = useActionState(acceptInvitationAction, {});
  return (
    <MailedLinkForm
      {...{ state, action, pending }}
      label="Invitation"
      submitLabel="Make one-time password"
    >
      The one-time password is shown once, right after this. The link in the mail is used up then.
    </MailedLinkForm>
  );
}
