"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deleteOauthResourceAction } from "@/lib/actions/oauth";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import type { ResourceView } from "@/lib/domain/oauth/resource";

type DeleteResourceProps = { resource: ResourceView; isOpen: boolean; onClose: () => void };

export function DeleteResourceDialog({ resource, isOpen, onClose }: DeleteResourceProps) {
  const router = useRouter();
  const deletion = useActionMutation(deleteOauthResourceAction);
  const close = () => {
    deletion.reset();
    onClose();
  };
  const remove = () =>
    deletion.mutate(
      { resourceId: resource.id },
      {
        onSuccess: () => {
          close();
          announce(`“${resource.name}” was deleted`);
          router.refresh();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={remove}
      title={`Delete OAuth resource “${resource.name}”`}
      confirmLabel="Delete OAuth resource"
      pending={deletion.isPending}
      error={deletion.error}
    >
      <p>
        Its grants go with it. Credentials keep naming its scopes and get no tokens for them from
        now on; tokens that were issued are good until they expire, within the hour.
      </p>
    </ConfirmDialog>
  );
}
