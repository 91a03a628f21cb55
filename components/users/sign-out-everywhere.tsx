"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { endOtherSessionsAction } from "@/lib/actions/sessions";

import type { UserDialogProps } from "./user-dialogs";

type SignOutEverywhereProps = {
  owner: { id: string; name: string };
  isOwn: boolean;
  isOpen: boolean;
  onClose: () => void;
};

/** Ends every session of a person but the one that asks. */
export function SignOutEverywhere({ owner, isOwn, isOpen, onClose }: SignOutEverywhereProps) {
  const ending = useDialogAction(endOtherSessionsAction, onClose, ({ ended }) =>
    ended === 1 ? "1 session ended." : `${ended} sessions ended.`,
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={ending.close}
      onConfirm={() => ending.mutate({ userId: owner.id })}
      title={isOwn ? "Sign out everywhere else" : `Sign out “${owner.name}” everywhere`}
      confirmLabel={isOwn ? "Sign out everywhere else" : "Sign out everywhere"}
      pending={ending.isPending}
      error={ending.error}
    >
      <p>
        Every session ends at once{isOwn && "; this one stays"}. Keys and tokens go on working.
        {isOwn && " If you do not recognise a session, change your password, too."}
      </p>
    </ConfirmDialog>
  );
}

/** The same from the head of a user's page. */
export function SignOutUserDialog({ user, isOpen, onClose }: UserDialogProps) {
  return <SignOutEverywhere owner={user} isOwn={user.isSelf} isOpen={isOpen} onClose={onClose} />;
}
