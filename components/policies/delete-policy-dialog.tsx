"use client";

import { useRouter } from "next/navigation";

import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deletePolicyAction } from "@/lib/actions/policies";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

import { policiesPath } from "./policies-paths";

type DeletePolicyProps = {
  policy: { id: string; name: string };
  isOpen: boolean;
  onClose: () => void;
};

export function DeletePolicyDialog({ policy, isOpen, onClose }: DeletePolicyProps) {
  const router = useRouter();
  const deletion = useActionMutation(deletePolicyAction);
  const close = () => {
    deletion.reset();
    onClose();
  };
  const remove = () =>
    deletion.mutate(
      { policyId: policy.id },
      {
        onSuccess: () => {
          close();
          showToast(`“${policy.name}” was deleted.`, "good");
          router.push(policiesPath);
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={close}
      onConfirm={remove}
      title={`Delete policy “${policy.name}”`}
      confirmLabel="Delete policy"
      pending={deletion.isPending}
      error={deletion.error}
    >
      <p>
        What only this policy gives is refused from the next request on. The audit log keeps its
        statements.
      </p>
    </ConfirmDialog>
  );
}
