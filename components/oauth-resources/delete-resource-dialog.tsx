"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deleteOauthResourceAction } from "@/lib/actions/oauth";
import type { ResourceView } from "@/lib/domain/oauth/resource";

type DeleteResourceProps = { resource: ResourceView; isOpen: boolean; onClose: () => void };

export function DeleteResourceDialog({ resource, isOpen, onClose }: DeleteResourceProps) {
  const deletion = useDialogAction(
    deleteOauthResourceAction,
    onClose,
    () => `“${resource.name}” was deleted`,
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={deletion.close}
      onConfirm={() => deletion.mutate({ resourceId: resource.id })}
      title={`Delete OAuth resource “${resource.name}”`}
      confirmLabel="Delete OAuth resource"
      pending={deletion.isPending}
      error={deletion.error}
    >
      <p>
        Its grants go with it. Credentials keep naming its scopes and get no tokens for them from
        now on. Introspection calls the tokens that were issued inactive at once; whoever looks only
        at their signature takes them until they expire, within the hour.
      </p>
    </ConfirmDialog>
  );
}
