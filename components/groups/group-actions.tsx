"use client";

import { type ComponentType, lazy, Suspense } from "react";

import type { MenuEntry } from "@/components/ui/menu-entry";
import { MoreMenu } from "@/components/ui/more-menu";
import { useShown } from "@/components/ui/use-shown";

import type { GroupDialogProps, ManagedGroup } from "./managed-group";

const dialogs = {
  edit: lazy(async () => ({ default: (await import("./edit-group-dialog")).EditGroupDialog })),
  remove: lazy(async () => ({
    default: (await import("./delete-group-dialog")).DeleteGroupDialog,
  })),
} satisfies Record<string, ComponentType<GroupDialogProps>>;

type DialogName = keyof typeof dialogs;

/** What may be done with a group, in the head of its page: only what the viewer may do. */
export function GroupActions({ group }: { group: ManagedGroup }) {
  const { shown, isOpen, show, close } = useShown<DialogName>();
  const entries = entriesOf(group, show);
  if (entries.length === 0) return null;
  const Shown = shown === null ? null : dialogs[shown];
  return (
    <>
      <MoreMenu entries={entries} />
      {Shown !== null && (
        <Suspense fallback={null}>
          <Shown group={group} isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function entriesOf(group: ManagedGroup, show: (name: DialogName) => void): MenuEntry[] {
  const edit: MenuEntry = { kind: "action", label: "Edit", onSelect: () => show("edit") };
  const remove: MenuEntry = {
    kind: "action",
    label: "Delete",
    tone: "danger",
    onSelect: () => show("remove"),
    disabledReason: whyNotDeleted(group),
  };
  return [...(group.mayUpdate ? [edit] : []), ...(group.mayDelete ? [remove] : [])];
}

function whyNotDeleted({ isAdministrators, isEmpty }: ManagedGroup): string | undefined {
  if (isAdministrators) return "Administrators cannot be deleted.";
  return isEmpty ? undefined : "Take its members out first.";
}
