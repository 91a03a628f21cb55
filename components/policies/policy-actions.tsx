"use client";

import { lazy, Suspense } from "react";

import { MoreMenu } from "@/components/ui/more-menu";
import { useShown } from "@/components/ui/use-shown";

const DeletePolicyDialog = lazy(async () => ({
  default: (await import("./delete-policy-dialog")).DeletePolicyDialog,
}));

/** What may be done with a policy besides changing it. */
export function PolicyActions({ policy }: { policy: { id: string; name: string } }) {
  const { shown, isOpen, show, close } = useShown<"delete">();
  return (
    <>
      <MoreMenu
        entries={[
          { kind: "action", label: "Delete", tone: "danger", onSelect: () => show("delete") },
        ]}
      />
      {shown !== null && (
        <Suspense fallback={null}>
          <DeletePolicyDialog policy={policy} isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
