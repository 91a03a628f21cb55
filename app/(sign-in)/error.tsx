"use client";

import { BareFrame } from "@/components/shell/bare-frame";
import { BrokenPage, type BrokenPageProps } from "@/components/shell/broken-page";

export default function ErrorPage(props: BrokenPageProps) {
  return (
    <BareFrame>
      <BrokenPage {...props} />
    </BareFrame>
  );
}
