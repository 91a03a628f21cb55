import type { Metadata } from "next";
import Link from "next/link";

import { ReportLeakForm } from "@/components/leaks/report-leak-form";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { runtime } from "@/lib/config/runtime";

export const metadata: Metadata = { title: "Report a leaked secret" };

export default function ReportLeakPage() {
  return (
    <SignedOutFrame
      title="Report a leaked secret"
      description="You found a token, password or key of this server where it does not belong. Say so here, without signing in: it is ended at once."
      tenancyName={runtime().tenancy.name}
      footer={
        <Link href="/sign-in" className="link">
          Sign in
        </Link>
      }
    >
      <ReportLeakForm />
    </SignedOutFrame>
  );
}
