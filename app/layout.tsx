import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";

import { EarlyClicks } from "@/components/shell/early-clicks";
import { parseTheme, themeCookie } from "@/components/shell/theme";

import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  description: "Your credentials, and those of the people you look after.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  // The keyboard of a phone makes the page smaller, and a dialog with it, instead of covering its buttons.
  interactiveWidget: "resizes-content",
};

/** Reading the cookie keeps every page dynamic: a page made at build time has no nonce for its scripts. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get("content-security-policy") ?? "")?.[1];
  return (
    <html lang="en" data-theme={theme}>
      <body>
        {nonce !== undefined && <EarlyClicks nonce={nonce} />}
        {children}
      </body>
    </html>
  );
}
