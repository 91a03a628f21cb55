import type { Metadata } from "next";

import { activitySection } from "../../_user/activity-section";
import { ownSection } from "../own-section";

export const metadata: Metadata = { title: "Activity · My profile" };

export default function OwnActivity() {
  return ownSection("activity", ({ caller, user }) => activitySection(caller, user.id));
}
