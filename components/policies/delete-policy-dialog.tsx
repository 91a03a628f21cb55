"use client";

import { useDialogAction } from "@/components/form/use-dialog-action";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { deletePolicyAction } from "@/lib/actions/policies";

import { policiesPath } from "./policies-paths";

type DeletePolicyProps = {
  policy: { id: string; name: string };
  isOpen: boolean;
  onClose: () => void;
};

export function DeletePolicyDialog({ policy, isOpen, onClose }: DeletePolicyProps) {
  const deletion = useDialogAction(deletePolicyAction, onClose, () => ({
    said: `“${policy.name}” was deleted.`,
    leadsTo: policiesPath,
  }));
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onCancel={deletion.close}
      onConfirm={() => deletion.mutate({ policyId: policy.id })}
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
