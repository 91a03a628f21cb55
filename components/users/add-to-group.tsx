"use client";

import { Plus } from "lucide-react";
import { lazy } from "react";

import { DialogButton } from "@/components/ui/dialog-button";

import type { JoiningUser } from "./add-to-group-dialog";

const loadDialog = () => import("./add-to-group-dialog");
const AddToGroupDialog = lazy(loadDialog);

export function AddToGroupButton({
  isAnother,
  ...user
}: JoiningUser & {
  /** Whether there is a group that the user is not in. */
  isAnother: boolean;
}) {
  return (
    <DialogButton
      label="Add to group"
      variant="secondary"
      icon={<Plus aria-hidden="true" className="size-4" />}
      disabledReason={
        isAnother ? undefined : "There is no other group. Groups are made on the page “Groups”."
      }
      renderDialog={(state) => <AddToGroupDialog {...user} {...state} />}
      preload={() => void loadDialog()}
    />
  );
}
