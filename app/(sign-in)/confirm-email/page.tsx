import type { Metadata } from "next";
import Link from "next/link";

import { ConfirmEmailForm } from "@/components/confirm-email/confirm-email-form";
import { SignedOutFrame } from "@/components/shell/signed-out-frame";
import { readLinkToken } from "@/lib/auth/link-cookie";
import { runtime } from "@/lib/config/runtime";

export const metadata: Metadata = { title: "Confirm e-mail address" };

/** Whatever the token is worth, the page is the same until its button is pressed. */
export default async function ConfirmEmailPage() {
  const isOpened = (await readLinkToken("confirm-email")) !== undefined;
  return (
    <SignedOutFrame
      title="Confirm e-mail address"
      tenancyName={runtime().tenancy.name}
      footer={
        <Link href="/" className="link">
          The console
        </Link>
      }
    >
      <ConfirmEmailForm isOpened={isOpened} />
    </SignedOutFrame>
  );
}
