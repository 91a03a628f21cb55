import "server-only";
import type { Caller } from "@/lib/domain/caller";
import type { UserOperation } from "@/lib/domain/policies/operations";
import { capabilityLabels } from "@/lib/domain/users/capabilities";
import type { UserView } from "@/lib/domain/users/present";

import type { CapabilitySwitch, ManagedUser } from "./user-dialogs";

/** A user as the dialogs of an administrator take it: the labels come along, so that no rule has to. */
export function managedUser(
  user: UserView,
  { caller, mayDo }: { caller: Caller; mayDo: readonly UserOperation[] },
): ManagedUser {
  const { id, name, kind, state, description, email } = user;
  return {
    id,
    name,
    kind,
    state,
    description,
    email,
    isSelf: id === caller.userId,
    mayDo,
    capabilities: capabilitySwitches(user),
  };
}

function capabilitySwitches({ capabilities }: UserView): CapabilitySwitch[] {
  const labels: Readonly<Record<string, string>> = capabilityLabels;
  return Object.entries(capabilities).map(([id, isOn]) => ({ id, label: labels[id] ?? id, isOn }));
}
