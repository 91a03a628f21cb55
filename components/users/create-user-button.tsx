"use client";

import { lazy } from "react";

import { CreateButton } from "@/components/ui/create-button";

const loadDialog = () => import("./create-user-dialog");
const CreateUserDialog = lazy(async () => ({ default: (await loadDialog()).CreateUserDialog }));

export function CreateUserButton({ isMailSetUp }: { isMailSetUp: boolean }) {
  return (
    <CreateButton label="Create user" preload={loadDialog}>
      {(dialog) => <CreateUserDialog {...dialog} isMailSetUp={isMailSetUp} />}
    </CreateButton>
  );
}
