"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { disableSecondFactorAction } from "@/lib/actions/second-factor";

export type DisableDialogProps = {
  owner: { id: string; name: string };
  isOwn: boolean;
  isOpen: boolean;
  onClose: () => void;
};

/** For its owner, and for an administrator when the phone is lost. */
export function DisableDialog({ owner, isOwn, isOpen, onClose }: DisableDialogProps) {
  const disabling = useDialogAction(
    disableSecondFactorAction,
    onClose,
    () => "Multi-factor authentication is disabled",
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={disabling.close}
      onConfirm={() => disabling.mutate({ userId: owner.id })}
      title={`Disable multi-factor authentication${isOwn ? "" : ` of “${owner.name}”`}`}
      confirmLabel="Disable"
      pending={disabling.isPending}
      error={disabling.error}
    >
      <p>
        From now on the password alone signs {isOwn ? "you" : owner.name} in. The authenticator app
        and the recovery codes open nothing any more.
      </p>
      {!isOwn && <p>Only {owner.name} can enable it again.</p>}
    </ConfirmDialog>
  );
}
