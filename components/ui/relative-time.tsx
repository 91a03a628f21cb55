"use client";

import { useId } from "react";

import { useHydrated } from "@/lib/client/hydrated";
import { useMinute } from "@/lib/client/minute";

import { exactWords, relativeWords } from "./relative-words";
import { Tooltip } from "./tooltip";

/** "2 h ago"; the exact local and UTC instants on hover and focus. Takes an ISO instant. */
export function RelativeTime({ instant }: { instant: string }) {
  const id = useId();
  const isHydrated = useHydrated();
  const now = useMinute();
  const date = new Date(instant);
  const text = relativeWords(date, now, isHydrated ? undefined : "UTC");
  return (
    <Tooltip id={id} content={<ExactTime date={date} />}>
      <time
        dateTime={date.toISOString()}
        // The exact instant has no other way to people without a pointer.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-describedby={isHydrated ? id : undefined}
        suppressHydrationWarning
        className="rounded-mark whitespace-nowrap"
      >
        {text}
      </time>
    </Tooltip>
  );
}

function ExactTime({ date }: { date: Date }) {
  return [...new Set([exactWords(date), exactWords(date, "UTC")])].join("\n");
}
