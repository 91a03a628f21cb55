import { fileDate } from "./file-name";

export type ExpiryPreset = "keep" | "never" | "7d" | "30d" | "90d" | "1y" | "custom";

type Option = { value: ExpiryPreset; label: string };

export const expiryPresets = [
  { value: "never", label: "never" },
  { value: "7d", label: "7 d" },
  { value: "30d", label: "30 d" },
  { value: "90d", label: "90 d" },
  { value: "1y", label: "1 y" },
  { value: "custom", label: "custom" },
] as const satisfies readonly Option[];

/** Of one that has an expiry already. */
export const keptExpiry: Option = { value: "keep", label: "as it is" };

type Chosen = { preset: string; date: string; kept: string | null };

/**
 * The moment that was chosen: null for never, undefined while a custom date is missing or is none. A custom date ends
 * with that day, in the reader's own time zone.
 */
export function expiryMoment({ preset, date, kept }: Chosen, now: Date): Date | null | undefined {
  switch (preset) {
    case "keep":
      return kept === null ? null : new Date(kept);
    case "7d":
      return daysAfter(now, 7);
    case "30d":
      return daysAfter(now, 30);
    case "90d":
      return daysAfter(now, 90);
    case "1y":
      return new Date(new Date(now).setFullYear(now.getFullYear() + 1));
    case "custom":
      return endOfDay(date);
    default:
      return null;
  }
}

/** The choice that gives another as long a life as this one had. */
export function sameSpan(
  { createdAt, expiresAt }: { createdAt: string; expiresAt: string | null },
  now: Date,
): { preset: ExpiryPreset; date: string } {
  if (expiresAt === null) return { preset: "never", date: "" };
  const days = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / day);
  const preset = presetOfDays(days);
  return preset === undefined
    ? { preset: "custom", date: fileDate(daysAfter(now, days)) }
    : { preset, date: "" };
}

function presetOfDays(days: number): ExpiryPreset | undefined {
  if (days === 365 || days === 366) return "1y";
  return expiryPresets.find(({ value }) => value === `${days}d`)?.value;
}

const day = 24 * 3_600_000;

function daysAfter(now: Date, days: number): Date {
  return new Date(new Date(now).setDate(now.getDate() + days));
}

function endOfDay(date: string): Date | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)?.slice(1).map(Number);
  const [year, month, day] = parts ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const moment = new Date(year, month - 1, day, 23, 59, 59);
  return moment.getMonth() === month - 1 ? moment : undefined;
}

/** "Sunday, 8 August 2027 at 14:05 CEST", in the reader's own time zone. */
export function momentWords(moment: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(moment);
}
