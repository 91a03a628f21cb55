import { earlyClicksScript } from "./early-clicks-script";

/** The first script of every page: no click is lost on a button whose code is not there yet. */
export function EarlyClicks({ nonce }: { nonce: string }) {
  return (
    <script
      nonce={nonce}
      // The browser hides the nonce from scripts, and with it from React's comparison.
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: earlyClicksScript }}
    />
  );
}
