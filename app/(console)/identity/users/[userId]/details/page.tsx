import type { Metadata } from "next";

import { detailsSection } from "../../../../_user/details-section";
import { type ManagedParams, managedSection } from "../managed-section";
import { userTitle } from "../user-title";

export async function generateMetadata({ params }: ManagedParams): Promise<Metadata> {
  return userTitle((await params).userId, "details");
}

export default function ManagedDetails(props: ManagedParams) {
  return managedSection(props, "details", ({ caller, user }) => detailsSection(caller, user));
}
