"use client";

import { unblockUserAction } from "@/lib/actions/users";

import { ConfirmAct } from "./confirm-act";
import type { UserDialogProps } from "./user-dialogs";

export function UnblockUserDialog(props: UserDialogProps) {
  return (
    <ConfirmAct
      {...props}
      action={unblockUserAction}
      verb="Unblock"
      tone="primary"
      done={`“${props.user.name}” is unblocked`}
    >
      <p>
        A wrong password was given 10 times in a row, so everything that a password opens was
        closed. API keys and tokens went on working.
      </p>
      <p>
        The password stays what it was, and the count begins at zero. When it is forgotten, use
        <span className="font-medium text-ink"> Create/Reset Password</span> too.
      </p>
    </ConfirmAct>
  );
}
