import type { ReactNode } from "react";

import { SectionNav, type Section } from "./section-nav";

/** A page of sections: their list beside the content from 1024 px, above it as a scrolling row below. */
export function SectionLayout({
  sections,
  label,
  children,
}: {
  sections: readonly Section[];
  label: string;
  children: ReactNode;
}) {
  return (
    <div className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-8">
      <SectionNav sections={sections} label={label} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
