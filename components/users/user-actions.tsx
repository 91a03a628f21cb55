"use client";

import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";
import { preloadDialog } from "@/components/ui/dialog";
import type { MenuEntry } from "@/components/ui/menu-entry";
import { MoreMenu } from "@/components/ui/more-menu";
import { useShown } from "@/components/ui/use-shown";

import type { UserOperation } from "@/lib/domain/policies/operations";

import type { ManagedUser, UserDialogProps } from "./user-dialogs";

const dialogs = {
  password: lazy(async () => ({
    default: (await import("./reset-password-dialog")).ResetPasswordDialog,
  })),
  invitation: lazy(async () => ({
    default: (await import("./send-invitation-dialog")).SendInvitationDialog,
  })),
  suspend: lazy(async () => ({
    default: (await import("./suspend-user-dialog")).SuspendUserDialog,
  })),
  activate: lazy(async () => ({
    default: (await import("./activate-user-dialog")).ActivateUserDialog,
  })),
  signOut: lazy(async () => ({
    default: (await import("./sign-out-everywhere")).SignOutUserDialog,
  })),
  unblock: lazy(async () => ({
    default: (await import("./unblock-user-dialog")).UnblockUserDialog,
  })),
  tags: lazy(async () => ({ default: (await import("./edit-tags-dialog")).EditTagsDialog })),
  edit: lazy(async () => ({ default: (await import("./edit-user-dialog")).EditUserDialog })),
  capabilities: lazy(async () => ({
    default: (await import("./edit-capabilities-dialog")).EditCapabilitiesDialog,
  })),
  secondFactor: lazy(async () => ({
    default: (await import("./disable-second-factor-dialog")).DisableSecondFactorDialog,
  })),
  limits: lazy(async () => ({ default: (await import("./edit-limits-dialog")).EditLimitsDialog })),
  remove: lazy(async () => ({ default: (await import("./delete-user-dialog")).DeleteUserDialog })),
} satisfies Record<string, ComponentType<UserDialogProps>>;

type DialogName = keyof typeof dialogs;

/** What the viewer may do with a user, in the head of the user's page. */
export function UserActions({ user }: { user: ManagedUser }) {
  const { shown, isOpen, show, close } = useShown<DialogName>();
  const next = useFocusAfterOpening(user.state);
  const Shown = shown === null ? null : dialogs[shown];
  const entries = menuEntries(user, show);
  return (
    <div ref={next} tabIndex={-1} className="contents">
      {user.state === "suspended" && mayDo(user, "SuspendUser") && (
        <Button onClick={() => show("activate")}>Activate</Button>
      )}
      {user.state === "blocked" && mayDo(user, "UpdateUserState") && (
        <Button onClick={() => show("unblock")}>Unblock</Button>
      )}
      {user.kind === "local" && mayDo(user, "CreateOrResetUIPassword") && (
        <Button
          variant="primary"
          disabledReason={noPasswordReason(user)}
          onPointerEnter={preloadDialog}
          onFocus={preloadDialog}
          onClick={() => show("password")}
        >
          Create/Reset Password
        </Button>
      )}
      {entries.length > 0 && <MoreMenu entries={entries} />}
      {Shown !== null && (
        <Suspense fallback={null}>
          <Shown user={user} isOpen={isOpen} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

const mayDo = (user: ManagedUser, name: UserOperation) => user.mayDo.includes(name);

/** *Unblock* and *Activate* go with their reason, and the focus would go with them. */
function useFocusAfterOpening(state: ManagedUser["state"]) {
  const buttons = useRef<HTMLDivElement>(null);
  const former = useRef(state);
  useEffect(() => {
    const isOpened = former.current !== "active" && state !== former.current;
    former.current = state;
    if (isOpened && document.activeElement === document.body)
      buttons.current?.querySelector("button")?.focus();
  }, [state]);
  return buttons;
}

function menuEntries(user: ManagedUser, show: (name: DialogName) => void): MenuEntry[] {
  const entry = (name: DialogName, label: string, row: UserOperation): MenuEntry[] =>
    mayDo(user, row) ? [{ kind: "action", label, onSelect: () => show(name) }] : [];
  const harmless = [
    ...entry("edit", "Edit", "UpdateUser"),
    ...entry("tags", "Edit tags", "UpdateUser"),
    ...entry("capabilities", "Edit capabilities", "UpdateUserCapabilities"),
    ...entry("limits", "Edit limits", "UpdateUserLimits"),
    ...invitationEntry(user, entry("invitation", invitationLabel(user), "CreateOrResetUIPassword")),
    ...(user.hasSecondFactor
      ? entry("secondFactor", "Disable multi-factor authentication", "DeleteMfaTotpDevice")
      : []),
    ...(user.kind === "service" || user.isSelf
      ? []
      : entry("signOut", "Sign out everywhere", "EndSession")),
  ];
  const closing: MenuEntry[] = [
    ...(user.state === "suspended" ? [] : entry("suspend", "Suspend", "SuspendUser")),
    ...entry("remove", "Delete", "DeleteUser"),
  ].map((each) => ({ ...each, tone: "danger", disabledReason: ownReason(user) }));
  const isDivided = harmless.length > 0 && closing.length > 0;
  return [
    ...harmless,
    ...(isDivided ? [{ kind: "separator", id: "before closing" } as const] : []),
    ...closing,
  ];
}

const invitationLabel = ({ invitation }: ManagedUser) =>
  invitation === null ? "Send invitation" : "Resend invitation";

/** Only for who never came in, and not offered at all where there is no password. */
function invitationEntry(user: ManagedUser, entries: MenuEntry[]): MenuEntry[] {
  if (user.kind !== "local" || user.hasSignedIn || user.isSelf) return [];
  const disabledReason = noInvitationReason(user);
  return entries.map((each) => ({ ...each, disabledReason }));
}

function noInvitationReason(user: ManagedUser): string | undefined {
  if (user.email === null) return "There is no e-mail address. Enter one under Edit.";
  if (user.state === "suspended") return "Activate the user first.";
  return noPasswordReason(user);
}

const ownReason = ({ isSelf }: ManagedUser) =>
  isSelf ? "Another administrator can do that to you." : undefined;

function noPasswordReason({ isSelf, capabilities }: ManagedUser): string | undefined {
  if (isSelf) return "Change your own password in your profile.";
  return capabilities.some(({ id, isOn }) => id === "canUseConsolePassword" && !isOn)
    ? "The capability “Local password” is off."
    : undefined;
}
