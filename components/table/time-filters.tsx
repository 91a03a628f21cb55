"use client";

import { useId } from "react";

import { Input } from "@/components/ui/input";
import { useHydrated } from "@/lib/client/hydrated";

import { instantOf, localMinute } from "./local-minute";
import { useAddressText } from "./use-address-text";

export interface FilterTime {
  readonly name: string;
  readonly label: string;
  /** An instant to the minute, `2026-11-30T17:05Z`, or nothing. */
  readonly value: string;
}

/**
 * Dates and times by the reader's own clock, and the name of its time zone; what is sent are instants. Without JavaScript
 * the reader's zone is not known: then they are in UTC, and say so.
 */
export function TimeFilters({
  times,
  onChange,
}: {
  times: readonly FilterTime[];
  onChange: () => void;
}) {
  const isHydrated = useHydrated();
  const zoneId = useId();
  return (
    <div className="flex basis-full flex-wrap items-center gap-2 text-small text-ink-soft">
      {times.map((time) => (
        <TimeFilter
          key={time.name}
          {...time}
          isLocal={isHydrated}
          zoneId={zoneId}
          onChange={onChange}
        />
      ))}
      <span id={zoneId} className="text-ink-faint">
        {isHydrated ? zoneWords() : "Times are in UTC"}
      </span>
    </div>
  );
}

type TimeFilterProps = FilterTime & { isLocal: boolean; zoneId: string; onChange: () => void };

function TimeFilter({ name, label, value, isLocal, zoneId, onChange }: TimeFilterProps) {
  const [instant, setInstant] = useAddressText(value);
  return (
    <label className="flex items-center gap-1.5 max-sm:grid max-sm:basis-full max-sm:grid-cols-[3rem_1fr]">
      {label}
      <Input
        type="datetime-local"
        name={isLocal ? undefined : name}
        value={isLocal ? localMinute(instant) : instant.replace("Z", "")}
        aria-describedby={zoneId}
        onChange={(event) => {
          setInstant(instantOf(event.target.value));
          onChange();
        }}
        className="h-8 w-52 max-sm:w-full"
      />
      {isLocal && <input type="hidden" name={name} value={instant} />}
    </label>
  );
}

const zoneWords = () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return `Times are in ${timeZone === "UTC" ? timeZone : `your time zone, ${timeZone}`}`;
};
