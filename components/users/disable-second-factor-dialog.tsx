"use client";

import { DisableDialog } from "@/components/second-factor/disable-dialog";

import type { UserDialogProps } from "./user-dialogs";

export function DisableSecondFactorDialog({ user, ...dialog }: UserDialogProps) {
  return <DisableDialog {...dialog} owner={user} isOwn={user.isSelf} />;
}
