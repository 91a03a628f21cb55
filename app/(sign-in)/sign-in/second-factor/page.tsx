import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";

import { SignOutButton } from "@/components/password/sign-out-button";
import { SecondFactorForm } from "@/components/password/second-factor-form";
import { SecondFactorButtons } from "@/components/second-factor/second-factor-buttons";
import { BareFrame } from "@/components/shell/bare-frame";
import { Providers } from "@/components/shell/providers";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { currentCaller } from "@/lib/auth/current-caller";
import { readSignInToken } from "@/lib/auth/sign-in-cookie";
import { runtime } from "@/lib/config/runtime";
import { type Caller, mustEnrolFirst } from "@/lib/domain/caller";
import { safePath } from "@/lib/domain/safe-path";
import { isCodeAwaited } from "@/lib/services/sessions/complete-sign-in";

import { whenAvailable } from "../../../available-frame";

export const metadata: Metadata = { title: "Second factor" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Between the right password and the session. Whoever comes without the one begins with it. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const { callbackUrl, recovery } = await searchParams;
  const { tenancy, env } = runtime();
  const next = safePath(callbackUrl, env.url);
  return whenAvailable(async () => {
    const caller = await currentCaller();
    if (caller && mustEnrolFirst(caller))
      return <Enrolment caller={caller} tenancyName={tenancy.name} />;
    const token = await readSignInToken();
    if (token === undefined || !(await isCodeAwaited(token)))
      redirect(caller ? next : `/sign-in?callbackUrl=${encodeURIComponent(next)}`);
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

/** The settings ask for a second factor; once there is one, this page leads on. */
function Enrolment({ caller, tenancyName }: { caller: Caller; tenancyName: string }) {
  const { userId: id, name } = caller;
  return (
    <Providers userName={name} hasSecondFactor={false}>
      <SignedOutFrame
        title="Set up a second factor"
        description={`Signed in as ${name}. Your administrators ask for a code from an authenticator app besides the password. Until it is set up, nothing else is open.`}
        tenancyName={tenancyName}
        footer={<SignOutButton />}
      >
        <SecondFactorButtons owner={{ id, name }} tenancyName={tenancyName} isOn={false} isForced />
      </SignedOutFrame>
    </Providers>
  );
}

function inBareFrame(block: ReactNode) {
  return <BareFrame>{block}</BareFrame>;
}
