import Link from "next/link";
import type { ReactNode } from "react";

import { buttonStyle } from "@/components/ui/button-style";

export type ButtonLinkProps = {
  href: string;
  children: ReactNode;
  variant?: "primary" | "secondary" | "ghost" | undefined;
};

/** A link that looks like the button it stands beside. */
export function ButtonLink({ href, children, variant }: ButtonLinkProps) {
  return (
    <Link href={href} className={buttonStyle({ variant })}>
      {children}
    </Link>
  );
}
