"use client";

import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";

const loadDialog = () => import("./resource-dialog");
const ResourceDialog = lazy(async () => ({ default: (await loadDialog()).ResourceDialog }));

function preload() {
  preloadDialog();
  void loadDialog();
}

export function RegisterButton() {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        icon={<Plus aria-hidden="true" className="size-4" />}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => {
          setIsOpen(true);
          setWasOpened(true);
        }}
      >
        Register resource
      </Button>
      {wasOpened && (
        <Suspense fallback={null}>
          <ResourceDialog resource={undefined} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
