import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

import { InvitationForm } from "@/components/invitation/invitation-form";
import { MadePassword } from "@/components/invitation/made-password";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { currentOrigin } from "@/lib/auth/current-caller";
import { readLinkToken } from "@/lib/auth/link-cookie";
import { takeForPage } from "@/lib/auth/made-here";
import { runtime } from "@/lib/config/runtime";

export const metadata: Metadata = { title: "Invitation" };

/** Whatever the token is worth, the page is the same until its button is pressed. */
export default async function InvitationPage() {
  const { requestId } = await currentOrigin();
  const made = takeForPage(requestId);
  if (made) {
    return (
      <Frame title="Your one-time password" description="Sign in with it once, within 7 days.">
        <MadePassword {...made} />
      </Frame>
    );
  }
  if ((await readLinkToken("invitation")) === undefined) {
    return (
      <Frame
        title="Invitation"
        description="Open the link in the mail that invites you: it leads here with what is needed."
        footer={<ToSignIn />}
      >
        <p className="text-ink-soft">
          The link works once, within 7 days. If it has been used or has expired, ask an
          administrator for another.
        </p>
      </Frame>
    );
  }
  return (
    <Frame
      title="Invitation"
      description="Make a one-time password, sign in with it, and choose a password of your own."
      footer={<ToSignIn />}
    >
      <InvitationForm />
    </Frame>
  );
}

type FrameProps = { title: string; description: string; children: ReactNode; footer?: ReactNode };

function Frame(props: FrameProps) {
  return <SignedOutFrame {...props} tenancyName={runtime().tenancy.name} />;
}

function ToSignIn() {
  return (
    <Link href="/sign-in" className="link">
      Sign in
    </Link>
  );
}
