"use client";

import Link from "next/link";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deleteUserAction } from "@/lib/actions/users";

import type { ManagedUser, UserDialogProps } from "./user-dialogs";

/** What goes with the user, and what stands in the way. */
function TakenDown({ user, onLeave }: { user: ManagedUser; onLeave: () => void }) {
  const { id, limits, groupNames, answersFor } = user;
  const held = limits.filter(({ used }) => used > 0);
  const owned = answersFor.filter(({ isOwner }) => isOwner);
  return (
    <ul className="list-disc space-y-1 pl-5 text-ink">
      <li>
        {held.length === 0
          ? "No credentials"
          : held.map(({ label, used }) => `${label}: ${used}`).join(", ")}
      </li>
      {groupNames.length > 0 && (
        <li>
          In {groupNames.join(", ")}:{" "}
          <Link href={`/identity/users/${id}/groups`} onClick={onLeave} className="link">
            take the user out of every group
          </Link>{" "}
          first.
        </li>
      )}
      {owned.length > 0 && (
        <li>
          Owner of {owned.map(({ name }) => name).join(", ")}: nobody answers for{" "}
          {owned.length === 1 ? "it" : "them"} from then on. Name another owner first.
        </li>
      )}
      {answersFor.length > owned.length && (
        <li>
          Deputy of{" "}
          {answersFor
            .filter(({ isOwner }) => !isOwner)
            .map(({ name }) => name)
            .join(", ")}
          .
        </li>
      )}
    </ul>
  );
}

export function DeleteUserDialog({ user, isOpen, onClose }: UserDialogProps) {
  const deletion = useDialogAction(deleteUserAction, onClose, () => ({
    said: `“${user.name}” was deleted.`,
    leadsTo: "/identity/users",
  }));
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={deletion.close}
      onConfirm={() => deletion.mutate({ userId: user.id })}
      title={`Delete user “${user.name}”`}
      confirmLabel="Delete user"
      pending={deletion.isPending}
      error={deletion.error}
      disabledReason={user.groupNames.length === 0 ? undefined : "Still in a group."}
    >
      <p>
        The password, every credential and every session of this user end at once: whatever uses
        them is refused from now on. This cannot be undone. The record of what the user did stays.
      </p>
      <TakenDown user={user} onLeave={deletion.close} />
    </ConfirmDialog>
  );
}
