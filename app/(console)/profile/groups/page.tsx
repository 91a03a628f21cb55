import type { Metadata } from "next";

import { groupsSection } from "../../_user/groups-section";
import { ownSection } from "../own-section";

export const metadata: Metadata = { title: "Groups · My profile" };

export default function OwnGroups() {
  return ownSection("groups", groupsSection);
}
