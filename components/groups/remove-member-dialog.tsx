"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { removeUserFromGroupAction } from "@/lib/actions/groups";
import type { MembershipView } from "@/lib/domain/groups/present";

/** The end of a membership, seen from the user's page and from the group's alike. */
export function RemoveMemberDialog({
  membership: { id, userName, groupName },
  isOpen,
  onClose,
}: {
  membership: MembershipView;
  isOpen: boolean;
  onClose: () => void;
}) {
  const removal = useDialogAction(
    removeUserFromGroupAction,
    onClose,
    () => `“${userName}” was removed from ${groupName}`,
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={removal.close}
      onConfirm={() => removal.mutate({ membershipId: id })}
      title={`Remove “${userName}” from “${groupName}”`}
      confirmLabel="Remove from group"
      pending={removal.isPending}
      error={removal.error}
    >
      <p>
        What this group allows is refused to the user from now on, in the console and for signed
        requests. Their own credentials stay.
      </p>
    </ConfirmDialog>
  );
}
