"use client";

import { InlineAlert } from "@/components/ui/inline-alert";
import { useOffline } from "@/lib/client/offline";

/** Says that the network is gone; what is on the page stays readable. */
export function OfflineNote() {
  if (!useOffline()) return null;
  return (
    <InlineAlert tone="warn" role="note" className="mb-4">
      <output>
        You are offline. What you see may be out of date, and changes cannot be saved until the
        network is back.
      </output>
    </InlineAlert>
  );
}
