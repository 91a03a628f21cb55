import type { Metadata } from "next";

import { detailsSection } from "@/components/users/details-section";

import { type ManagedParams, managedSection } from "../managed-section";

export const metadata: Metadata = { title: "Details of a user" };

export default function ManagedDetails(props: ManagedParams) {
  return managedSection(props, "details", ({ caller, user }) => detailsSection(caller, user));
}
