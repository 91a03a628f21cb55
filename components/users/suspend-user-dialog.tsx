"use client";

import { suspendUserAction } from "@/lib/actions/users";

import { ConfirmAct } from "./confirm-act";
import type { UserDialogProps } from "./user-dialogs";

export function SuspendUserDialog(props: UserDialogProps) {
  return (
    <ConfirmAct
      {...props}
      action={suspendUserAction}
      verb="Suspend"
      done={`“${props.user.name}” is suspended`}
    >
      <p>
        Everything of this user closes at the next attempt: the console, API keys, tokens, secret
        keys, OAuth clients, SMTP and database passwords. All sessions end now.
      </p>
      <p>Nothing is deleted. Activate the user, and all of it opens again.</p>
    </ConfirmAct>
  );
}
