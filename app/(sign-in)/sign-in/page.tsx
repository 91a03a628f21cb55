import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";

import { SignInForm } from "@/components/password/sign-in-form";
import { BareFrame } from "@/components/shell/bare-frame";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { currentCaller } from "@/lib/auth/current-caller";
import { runtime } from "@/lib/config/runtime";
import { safePath } from "@/lib/domain/safe-path";

import { whenAvailable } from "../../available-frame";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl, ended } = await searchParams;
  const { tenancy, env } = runtime();
  return whenAvailable(async () => {
    const caller = await currentCaller();
    if (caller) redirect(safePath(callbackUrl, env.url));
    return (
      <SignedOutFrame
        title="Sign in"
        description={ended === undefined ? undefined : "Your session has ended. Sign in to go on."}
        tenancyName={tenancy.name}
        footer={
          <Link href="/report-leak" prefetch={false} className="link">
            Report a leaked secret
          </Link>
        }
      >
        <SignInForm callbackUrl={typeof callbackUrl === "string" ? callbackUrl : undefined} />
      </SignedOutFrame>
    );
  }, inBareFrame);
}

function inBareFrame(block: ReactNode) {
  return <BareFrame>{block}</BareFrame>;
}
