import type { Metadata } from "next";

import { GroupsSection } from "@/components/users/groups-section";

import { type ManagedParams, managedSection } from "../managed-section";

export const metadata: Metadata = { title: "Groups of a user" };

export default function ManagedGroups(props: ManagedParams) {
  return managedSection(props, "groups", async (view) => <GroupsSection {...view} />);
}
