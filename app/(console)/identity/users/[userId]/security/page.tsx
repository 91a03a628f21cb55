import type { Metadata } from "next";

import { runtime } from "@/lib/config/runtime";

import { securitySection } from "../../../../_user/security-section";
import { type ManagedParams, managedSection } from "../managed-section";
import { userTitle } from "../user-title";

export async function generateMetadata({ params }: ManagedParams): Promise<Metadata> {
  return userTitle((await params).userId, "security");
}

export default function ManagedSecurity(props: ManagedParams) {
  return managedSection(props, "security", (view) =>
    securitySection({ ...view, isPasswordChanged: false, tenancyName: runtime().tenancy.name }),
  );
}
