import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";

import { ChangePasswordForm } from "@/components/password/change-password-form";
import { SignOutButton } from "@/components/password/sign-out-button";
import { BareFrame } from "@/components/shell/bare-frame";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { currentCaller } from "@/lib/auth/current-caller";
import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { getPasswordPolicy } from "@/lib/services/passwords/get-password-policy";

import { whenAvailable } from "../../available-frame";

export const metadata: Metadata = { title: "Change password" };

export default function ChangePasswordPage() {
  return whenAvailable(async () => {
    const caller = await currentCaller();
    if (!caller) redirect(`/sign-in?callbackUrl=${encodeURIComponent("/change-password")}`);
    const isForced = caller.proof.type === "session" && caller.proof.mustChangePassword;
    return (
      <SignedOutFrame
        title="Change password"
        description={descriptionFor(caller, isForced)}
        tenancyName={runtime().tenancy.name}
        footer={isForced ? <SignOutButton /> : <BackToProfile />}
      >
        {caller.kind === "local" ? (
          <ChangePasswordForm
            userName={caller.name}
            policy={await getPasswordPolicy(caller, {})}
            isForced={isForced}
          />
        ) : (
          <p>Change your password at your identity provider; Latchkey has none of yours.</p>
        )}
      </SignedOutFrame>
    );
  }, inBareFrame);
}

function inBareFrame(block: ReactNode) {
  return <BareFrame>{block}</BareFrame>;
}

function descriptionFor({ name }: Caller, isForced: boolean) {
  return isForced
    ? `Signed in as ${name} with a one-time password. It works once and opens nothing but this page: choose a password that only you know. If you leave without, you need a new one-time password.`
    : `Signed in as ${name}.`;
}

function BackToProfile() {
  return (
    <Link href="/profile/security" className="link">
      Back to my profile
    </Link>
  );
}
