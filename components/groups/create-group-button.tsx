"use client";

import { Plus } from "lucide-react";
import { lazy } from "react";

import { DialogButton } from "@/components/ui/dialog-button";

const loadDialog = () => import("./create-group-dialog");
const CreateGroupDialog = lazy(async () => ({ default: (await loadDialog()).CreateGroupDialog }));

export function CreateGroupButton() {
  return (
    <DialogButton
      label="Create Group"
      icon={<Plus aria-hidden="true" className="size-4" />}
      renderDialog={(state) => <CreateGroupDialog {...state} />}
      preload={() => void loadDialog()}
    />
  );
}
