"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { endOtherSessionsAction } from "@/lib/actions/sessions";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import type { UserDialogProps } from "./user-dialogs";

type SignOutEverywhereProps = {
  owner: { id: string; name: string };
  isOwn: boolean;
  isOpen: boolean;
  onClose: () => void;
};

/** Ends every session of a person but the one that asks. */
export function SignOutEverywhere({ owner, isOwn, isOpen, onClose }: SignOutEverywhereProps) {
  const router = useRouter();
  const ending = useActionMutation(endOtherSessionsAction, {
    onDone: ({ ended }) => {
      announce(ended === 1 ? "1 session ended." : `${ended} sessions ended.`);
      onClose();
      router.refresh();
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={() => {
        ending.reset();
        onClose();
      }}
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
