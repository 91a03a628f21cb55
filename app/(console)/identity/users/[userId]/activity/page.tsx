import type { Metadata } from "next";

import { activitySection } from "../../../../_user/activity-section";
import { type ManagedParams, managedSection } from "../managed-section";
import { userTitle } from "../user-title";

export async function generateMetadata({ params }: ManagedParams): Promise<Metadata> {
  return userTitle((await params).userId, "activity");
}

export default function ManagedActivity(props: ManagedParams) {
  return managedSection(props, "activity", ({ caller, user }) => activitySection(caller, user.id));
}
