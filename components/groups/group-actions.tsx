"use client";

import { Ellipsis } from "lucide-react";
import { type ComponentType, lazy, Suspense, useState } from "react";

import { buttonStyle } from "@/components/ui/button-style";
import { MenuButton } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";

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
  const [open, setOpen] = useState<DialogName | null>(null);
  const [latest, setLatest] = useState<DialogName | null>(null);
  const show = (name: DialogName) => {
    setLatest(name);
    setOpen(name);
  };
  const entries = entriesOf(group, show);
  if (entries.length === 0) return null;
  const Latest = latest === null ? null : dialogs[latest];
  return (
    <>
      <MenuButton
        label="More"
        entries={entries}
        className={buttonStyle({ variant: "secondary", size: "icon" })}
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </MenuButton>
      {Latest !== null && (
        <Suspense fallback={null}>
          <Latest group={group} isOpen={open === latest} onClose={() => setOpen(null)} />
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
