import type { Metadata } from "next";

import { groupsSection } from "../../../../_user/groups-section";
import { type ManagedParams, managedSection } from "../managed-section";
import { userTitle } from "../user-title";

export async function generateMetadata({ params }: ManagedParams): Promise<Metadata> {
  return userTitle((await params).userId, "groups");
}

export default function ManagedGroups(props: ManagedParams) {
  return managedSection(props, "groups", groupsSection);
}
