"use client";

import type { BrokenPageProps } from "@/components/shell/broken-page";
import { Logo } from "@/components/shell/logo";
import { ProblemPage } from "@/components/shell/problem-page";
import { parseTheme, themeCookie } from "@/components/shell/theme";
import { buttonStyle } from "@/components/ui/button-style";

import "./globals.css";

/** When not even the frame could be drawn. There is no router here: the page is loaded anew. */
export default function GlobalError({ error }: BrokenPageProps) {
  return (
    <html lang="en" data-theme={chosenTheme()} suppressHydrationWarning>
      <head>
        <title>This page broke · Latchkey</title>
      </head>
      <body>
        <header className="flex h-12 items-center gap-2 border-b border-line bg-surface px-4 font-semibold">
          <Logo className="size-[18px] text-accent" />
          Latchkey
        </header>
        <main className="px-4 pt-5 pb-16 sm:px-6 lg:px-8">
          <ProblemPage
            title="This page broke"
            code="500"
            actions={
              <button
                type="button"
                onClick={() => window.location.reload()}
                className={buttonStyle({ variant: "primary" })}
              >
                Try again
              </button>
            }
          >
            <p role="alert">
              The fault is ours, and it is in the log. Try again; if it stays, tell an administrator
              the request id.
            </p>
            {error.digest !== undefined && (
              <p className="text-small">
                Request <code className="break-all">{error.digest}</code>
              </p>
            )}
          </ProblemPage>
        </main>
      </body>
    </html>
  );
}

/** The server cannot tell it here: this page was made with the build. */
function chosenTheme() {
  if (typeof document === "undefined") return undefined;
  const start = `${themeCookie}=`;
  const cookie = document.cookie.split("; ").find((each) => each.startsWith(start));
  return parseTheme(cookie?.slice(start.length));
}
