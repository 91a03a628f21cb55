import type { Metadata } from "next";
import Link from "next/link";

import { ForgotPasswordForm } from "@/components/password/forgot-password-form";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { runtime } from "@/lib/config/runtime";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgotPasswordPage() {
  return (
    <SignedOutFrame
      title="Forgot password"
      description="A temporary password is sent to the e-mail address of the user. Without an address, ask an administrator."
      tenancyName={runtime().tenancy.name}
      footer={
        <Link href="/sign-in" className="link">
          Back to sign-in
        </Link>
      }
    >
      <ForgotPasswordForm />
    </SignedOutFrame>
  );
}
