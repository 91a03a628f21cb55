"use client";

import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";

const loadDialog = () => import("./create-user-dialog");
const CreateUserDialog = lazy(async () => ({ default: (await loadDialog()).CreateUserDialog }));

function preload() {
  preloadDialog();
  void loadDialog();
}

export function CreateUserButton() {
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
        Create user
      </Button>
      {wasOpened && (
        <Suspense fallback={null}>
          <CreateUserDialog isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
