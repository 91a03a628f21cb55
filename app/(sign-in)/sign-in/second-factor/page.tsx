import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";

import { SecondFactorForm } from "@/components/password/second-factor-form";
import { whenAvailable } from "@/components/shell/available-frame";
import { BareFrame } from "@/components/shell/bare-frame";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { currentCaller } from "@/lib/auth/current-caller";
import { readSignInToken } from "@/lib/auth/sign-in-cookie";
import { runtime } from "@/lib/config/runtime";
import { safePath } from "@/lib/domain/safe-path";
import { isCodeAwaited } from "@/lib/services/sessions/complete-sign-in";

export const metadata: Metadata = { title: "Second factor" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Between the right password and the session. Whoever comes without the one begins with it. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const { callbackUrl, recovery } = await searchParams;
  const { tenancy, env } = runtime();
  const next = safePath(callbackUrl, env.url);
  return whenAvailable(async () => {
    const token = await readSignInToken();
    if (token === undefined || !(await isCodeAwaited(token)))
      redirect((await currentCaller()) ? next : `/sign-in?callbackUrl=${encodeURIComponent(next)}`);
    const isRecovery = recovery !== undefined;
    const here = `/sign-in/second-factor?callbackUrl=${encodeURIComponent(next)}`;
    return (
      <SignedOutFrame
        title="Second factor"
        description="The password was right. Now the code."
        tenancyName={tenancy.name}
        footer={
          <>
            App and recovery codes lost? An administrator can disable the second factor.{" "}
            <Link href="/sign-in" prefetch={false} className="link">
              Begin anew
            </Link>
          </>
        }
      >
        <SecondFactorForm
          callbackUrl={next}
          isRecovery={isRecovery}
          otherHref={isRecovery ? here : `${here}&recovery`}
        />
      </SignedOutFrame>
    );
  }, inBareFrame);
}

function inBareFrame(block: ReactNode) {
  return <BareFrame>{block}</BareFrame>;
}
