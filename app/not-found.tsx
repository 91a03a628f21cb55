import type { Metadata } from "next";

import { BareFrame } from "@/components/shell/bare-frame";
import { ButtonLink } from "@/components/shell/button-link";
import { ProblemPage } from "@/components/shell/problem-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <BareFrame>
      <ProblemPage
        title="This page does not exist"
        code="404"
        actions={<ButtonLink href="/profile/details">Go to my profile</ButtonLink>}
      >
        <p>The address may be mistyped, or what it led to was deleted.</p>
      </ProblemPage>
    </BareFrame>
  );
}
