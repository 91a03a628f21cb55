import type { ReactNode } from "react";

import { Status } from "@/components/ui/status";
import type { ActivityLine } from "@/lib/domain/audit/activity";

type EventWhatProps = {
  line: ActivityLine;
  /** What stands for the bare words: a button that opens the event. */
  children?: ReactNode;
};

/** What happened, and why it was refused or what else is worth knowing. */
export function EventWhat({ line: { what, why }, children = what }: EventWhatProps) {
  return (
    <>
      <span className="block wrap-anywhere">{children}</span>
      {why !== undefined && (
        <span className="block max-w-[52ch] font-normal break-words text-ink-soft">{why}</span>
      )}
    </>
  );
}

export function EventOutcome({ outcome }: Pick<ActivityLine, "outcome">) {
  return outcome === "done" ? (
    <Status tone="neutral">Done</Status>
  ) : (
    <Status tone="danger">Refused</Status>
  );
}

export function EventWhere({ line: { address, client } }: { line: ActivityLine }) {
  return (
    <>
      <span className="block break-all">{address || "unknown"}</span>
      <span className="block text-ink-soft">{client}</span>
    </>
  );
}
