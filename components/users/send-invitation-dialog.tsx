"use client";

import { sendInvitationAction } from "@/lib/actions/users";

import { ConfirmAct } from "./confirm-act";
import type { UserDialogProps } from "./user-dialogs";
import { invitationWords } from "./user-words";

export function SendInvitationDialog(props: UserDialogProps) {
  const { name, email, invitation } = props.user;
  const verb = invitation === null ? "Send invitation" : "Resend invitation";
  return (
    <ConfirmAct
      {...props}
      action={sendInvitationAction}
      verb={verb}
      title={`${verb} to “${name}”`}
      tone="primary"
      done={invitationWords}
    >
      <p>
        A mail goes to <span className="font-medium break-all text-ink">{email}</span>. Its link
        makes a one-time password, once, within 7 days; you never see it.
      </p>
      {invitation !== null && <p>The link of the earlier invitation stops working at once.</p>}
    </ConfirmAct>
  );
}
