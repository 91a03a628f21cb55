import type { Metadata } from "next";

import { securitySection } from "@/components/users/security-section";

import { type ManagedParams, managedSection } from "../managed-section";

export const metadata: Metadata = { title: "Security of a user" };

export default function ManagedSecurity(props: ManagedParams) {
  return managedSection(props, "security", (view) =>
    securitySection({ ...view, isPasswordChanged: false }),
  );
}
