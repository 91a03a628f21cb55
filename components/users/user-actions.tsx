"use client";

import { Ellipsis } from "lucide-react";
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { preloadDialog } from "@/components/ui/dialog";
import { MenuButton } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";

import type { ManagedUser, UserDialogProps } from "./user-dialogs";

const dialogs = {
  password: lazy(async () => ({
    default: (await import("./reset-password-dialog")).ResetPasswordDialog,
  })),
  unblock: lazy(async () => ({
    default: (await import("./unblock-user-dialog")).UnblockUserDialog,
  })),
  edit: lazy(async () => ({ default: (await import("./edit-user-dialog")).EditUserDialog })),
  capabilities: lazy(async () => ({
    default: (await import("./edit-capabilities-dialog")).EditCapabilitiesDialog,
  })),
  remove: lazy(async () => ({ default: (await import("./delete-user-dialog")).DeleteUserDialog })),
} satisfies Record<string, ComponentType<UserDialogProps>>;

type DialogName = keyof typeof dialogs;

/** What an administrator does with a user, in the head of the user's page. */
export function UserActions({ user }: { user: ManagedUser }) {
  const [open, setOpen] = useState<DialogName | null>(null);
  const [latest, setLatest] = useState<DialogName | null>(null);
  const passwordButton = useFocusAfterUnblock(user.state);
  const show = (name: DialogName) => {
    setLatest(name);
    setOpen(name);
  };
  const Latest = latest === null ? null : dialogs[latest];
  return (
    <>
      {user.state === "blocked" && <Button onClick={() => show("unblock")}>Unblock</Button>}
      <Button
        ref={passwordButton}
        variant="primary"
        disabledReason={noPasswordReason(user)}
        onPointerEnter={preloadDialog}
        onFocus={preloadDialog}
        onClick={() => show("password")}
      >
        Create/Reset Password
      </Button>
      <MenuButton
        label="More"
        entries={menuEntries(user, show)}
        className={buttonStyle({ variant: "secondary", size: "icon" })}
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </MenuButton>
      {Latest !== null && (
        <Suspense fallback={null}>
          <Latest user={user} isOpen={open === latest} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

/** The button *Unblock* goes with its reason, and the focus would go with it. */
function useFocusAfterUnblock(state: ManagedUser["state"]) {
  const next = useRef<HTMLButtonElement>(null);
  const former = useRef(state);
  useEffect(() => {
    const isUnblocked = former.current === "blocked" && state !== "blocked";
    former.current = state;
    if (isUnblocked && document.activeElement === document.body) next.current?.focus();
  }, [state]);
  return next;
}

function menuEntries(user: ManagedUser, show: (name: DialogName) => void): MenuEntry[] {
  return [
    { kind: "action", label: "Edit", onSelect: () => show("edit") },
    { kind: "action", label: "Edit capabilities", onSelect: () => show("capabilities") },
    { kind: "separator", id: "before delete" },
    {
      kind: "action",
      label: "Delete",
      tone: "danger",
      onSelect: () => show("remove"),
      disabledReason: user.isSelf ? "Another administrator can delete you." : undefined,
    },
  ];
}

function noPasswordReason({ kind, isSelf, capabilities }: ManagedUser): string | undefined {
  if (kind === "service") return "A service user has no password.";
  if (kind === "federated") return "Signs in at an identity provider.";
  if (isSelf) return "Change your own password in your profile.";
  return capabilities.some(({ id, isOn }) => id === "canUseConsolePassword" && !isOn)
    ? "The capability “Local password” is off."
    : undefined;
}
