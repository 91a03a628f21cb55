"use client";

import { activateUserAction } from "@/lib/actions/users";

import { ConfirmAct } from "./confirm-act";
import type { UserDialogProps } from "./user-dialogs";

export function ActivateUserDialog(props: UserDialogProps) {
  return (
    <ConfirmAct
      {...props}
      action={activateUserAction}
      verb="Activate"
      tone="primary"
      done={`“${props.user.name}” is active`}
    >
      <p>
        The password, every key, token and other credential open again what they opened before the
        suspension, whoever has them. Look through them first.
      </p>
      <p>A user who was blocked stays blocked, and nobody is signed in again by this.</p>
    </ConfirmAct>
  );
}
