import type { Metadata } from "next";

import { activitySection } from "@/components/users/activity-section";

import { type ManagedParams, managedSection } from "../managed-section";

export const metadata: Metadata = { title: "Activity of a user" };

export default function ManagedActivity(props: ManagedParams) {
  return managedSection(props, "activity", ({ caller, user }) => activitySection(caller, user.id));
}
