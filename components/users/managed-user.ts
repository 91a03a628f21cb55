import "server-only";
import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { capabilityLabels } from "@/lib/domain/users/capabilities";
import type { UserView } from "@/lib/domain/users/present";
import type { KindUsage } from "@/lib/services/limits/usage";
import type { getManagedUser } from "@/lib/services/users/get-managed-user";

import type { CapabilitySwitch, ManagedUser } from "./user-dialogs";

/** A user as the dialogs of an administrator take it: the labels come along, so that no rule has to. */
export function managedUser(
  { user, mayDo, groupNames, answersFor }: Awaited<ReturnType<typeof getManagedUser>>,
  { caller, usage }: { caller: Caller; usage: Readonly<Record<string, KindUsage>> },
): ManagedUser {
  const { id, name, kind, state, description, email, hasSecondFactor } = user;
  return {
    id,
    name,
    kind,
    state,
    description,
    email,
    invitation: user.invitation,
    hasSignedIn: user.lastSignInAt !== null,
    owner: user.ownerOfRecord?.name ?? null,
    deputy: user.deputy?.name ?? null,
    hasSecondFactor,
    isSelf: id === caller.userId,
    mayDo,
    groupNames,
    answersFor,
    freeformTags: user.freeformTags,
    definedTags: user.definedTags,
    capabilities: capabilitySwitches(user),
    limits: credentialKinds.flatMap(({ id: kindId, description: { title } }) => {
      const held = usage[kindId];
      if (!held) return [];
      const { used, own, tenancy } = held;
      return [{ id: kindId, label: title, used, own, tenancy }];
    }),
  };
}

function capabilitySwitches({ capabilities }: UserView): CapabilitySwitch[] {
  const labels: Readonly<Record<string, string>> = capabilityLabels;
  return Object.entries(capabilities).map(([id, isOn]) => ({ id, label: labels[id] ?? id, isOn }));
}
