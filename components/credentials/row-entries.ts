import type { MenuEntry } from "@/components/ui/menu-entry";
import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";
import { isOldSecret } from "@/lib/domain/credentials/rotation";

import { extrasOf } from "./kind-extras";
import type { PanelState } from "./panel-dialogs";

/** What can be done to one, as its state allows. */
export function rowEntries(
  description: KindDescription,
  credential: CredentialView,
  setState: (state: PanelState) => void,
): MenuEntry[] {
  const end: MenuEntry = {
    kind: "action",
    label: credential.retiringUntil === null ? "Delete" : "Retire",
    tone: "danger",
    onSelect: () => setState({ step: "deleting", credential }),
  };
  if (isOldSecret(description, credential)) return [end];
  const switching =
    credential.state === "active" || credential.state === "disabled"
      ? [switchEntry(credential, setState)]
      : [];
  if (credential.isUnreadable) return [...switching, end];
  const { id, successor, renewal } = description;
  const own = (extrasOf(id).rowActions ?? []).map(({ label }, index): MenuEntry => ({
    kind: "action",
    label,
    onSelect: () => setState({ step: "viewing", credential, index }),
  }));
  return [
    ...own,
    { kind: "action", label: "Edit", onSelect: () => setState({ step: "editing", credential }) },
    ...(credential.state === "active" && successor !== undefined
      ? [rotateEntry(credential, setState, renewal?.label)]
      : []),
    ...switching,
    end,
  ];
}

function rotateEntry(
  credential: CredentialView,
  setState: (state: PanelState) => void,
  label = "Rotate",
): MenuEntry {
  const onSelect = () => setState({ step: "rotating", credential });
  return { kind: "action", label, onSelect };
}

function switchEntry(credential: CredentialView, setState: (state: PanelState) => void): MenuEntry {
  const isEnabled = credential.state === "disabled";
  return {
    kind: "action",
    label: isEnabled ? "Enable" : "Disable",
    onSelect: () => setState({ step: "switching", credential, isEnabled }),
  };
}
