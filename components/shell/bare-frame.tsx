import Link from "next/link";
import type { ReactNode } from "react";

import { OfflineHold } from "./offline-hold";
import { SkipLink } from "./skip-link";
import { Logo } from "./logo";

/** The frame of a page that knows nobody: the name, the content, no navigation. */
export function BareFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="flex h-12 items-center border-b border-line bg-surface px-4">
        <Link
          href="/"
          className="flex items-center gap-2 rounded-control py-1 font-semibold text-ink"
        >
          <Logo className="size-[18px] text-accent" />
          Latchkey
        </Link>
      </header>
      <main id="main" tabIndex={-1} className="px-4 pt-5 pb-16 sm:px-6 lg:px-8">
        <OfflineHold>{children}</OfflineHold>
      </main>
    </>
  );
}
