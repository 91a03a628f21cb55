import type { Metadata } from "next";

import { runtime } from "@/lib/config/runtime";

import { securitySection } from "../../_user/security-section";
import { ownSection } from "../own-section";

export const metadata: Metadata = { title: "Security · My profile" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OwnSecurity({ searchParams }: Props) {
  const { passwordChanged } = await searchParams;
  const isPasswordChanged = passwordChanged !== undefined;
  return ownSection("security", (view) =>
    securitySection({ ...view, isPasswordChanged, tenancyName: runtime().tenancy.name }),
  );
}
