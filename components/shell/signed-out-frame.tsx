import type { ReactNode } from "react";

import { OfflineHold } from "./offline-hold";
import { SkipLink } from "./skip-link";
import { Logo } from "./logo";

export type SignedOutFrameProps = {
  title: string;
  /** One line under the title, where the title alone leaves a question. */
  description?: ReactNode;
  tenancyName?: string | undefined;
  children: ReactNode;
  /** Below the panel: the way back, or elsewhere. */
  footer?: ReactNode;
};

/** The frame of the pages before signing in: the name, one panel, nothing else. */
export function SignedOutFrame({
  title,
  description,
  tenancyName,
  children,
  footer,
}: SignedOutFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 pt-[max(2rem,14vh)] pb-10">
      <SkipLink />
      <header className="mb-5 flex w-full max-w-[22.5rem] items-baseline gap-2">
        <Logo className="size-[18px] self-center text-accent" />
        <span className="font-semibold">Latchkey</span>
        {tenancyName !== undefined && (
          <span className="ml-auto truncate text-small text-ink-faint">{tenancyName}</span>
        )}
      </header>
      <main id="main" tabIndex={-1} className="w-full max-w-[22.5rem]">
        <OfflineHold>
          <div className="rounded-dialog border border-line bg-surface px-6 pt-5 pb-6">
            <h1 className="text-title">{title}</h1>
            {description !== undefined && <p className="mt-1 text-ink-soft">{description}</p>}
            <div className="mt-5">{children}</div>
          </div>
          {footer !== undefined && <div className="mt-4 text-small text-ink-soft">{footer}</div>}
        </OfflineHold>
      </main>
    </div>
  );
}
