"use client";

import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { buttonStyle } from "@/components/ui/button-style";
import { MenuButton } from "@/components/ui/menu";

const DeletePolicyDialog = lazy(async () => ({
  default: (await import("./delete-policy-dialog")).DeletePolicyDialog,
}));

/** What may be done with a policy besides changing it. */
export function PolicyActions({ policy }: { policy: { id: string; name: string } }) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <>
      <MenuButton
        label="More"
        entries={[
          {
            kind: "action",
            label: "Delete",
            tone: "danger",
            onSelect: () => {
              setIsOpen(true);
              setWasOpened(true);
            },
          },
        ]}
        className={buttonStyle({ variant: "secondary", size: "icon" })}
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </MenuButton>
      {wasOpened && (
        <Suspense fallback={null}>
          <DeletePolicyDialog policy={policy} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
