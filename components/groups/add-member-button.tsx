"use client";

import { Plus } from "lucide-react";
import { lazy } from "react";

import { DialogButton } from "@/components/ui/dialog-button";

import type { JoinedGroup } from "./managed-group";

const loadDialog = () => import("./add-member-dialog");
const AddMemberDialog = lazy(async () => ({ default: (await loadDialog()).AddMemberDialog }));

export function AddMemberButton({ group }: { group: JoinedGroup }) {
  return (
    <DialogButton
      label="Add member"
      icon={<Plus aria-hidden="true" className="size-4" />}
      renderDialog={(state) => <AddMemberDialog group={group} {...state} />}
      preload={() => void loadDialog()}
    />
  );
}
