const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "2 h ago", "in 6 days", and a date from 30 days on. Without a time zone in the reader's own. */
export function relativeWords(date: Date, now: number, timeZone?: string): string {
  const distance = date.getTime() - now;
  const size = Math.abs(distance);
  if (size < 1.5 * minute) return distance > 0 ? "in 1 min" : "just now";
  if (size >= 30 * day) return dateWords(date, now, timeZone);
  // What has gone by is counted whole; what is to come is told as it was chosen: seven days, not six and a half.
  return distance > 0
    ? `in ${amountWords(size, Math.round)}`
    : `${amountWords(size, Math.floor)} ago`;
}

function amountWords(size: number, whole: (amount: number) => number): string {
  if (whole(size / minute) < 60) return `${whole(size / minute)} min`;
  if (whole(size / hour) < 24) return `${whole(size / hour)} h`;
  const days = whole(size / day);
  return days === 1 ? "1 day" : `${days} days`;
}

function dateWords(date: Date, now: number, timeZone: string | undefined): string {
  const isThisYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  return formatFor(isThisYear ? "dayThisYear" : "day", timeZone).format(date);
}

/** The instant to the second with the name of its time zone: the reader's own, where none is given. */
export function exactWords(date: Date, timeZone?: string): string {
  return formatFor("exact", timeZone).format(date);
}

const formats = {
  dayThisYear: { day: "numeric", month: "short" },
  day: { day: "numeric", month: "short", year: "numeric" },
  exact: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making one takes a hundred times as long as using it, and a list needs one for each of its rows. */
const made = new Map<string, Intl.DateTimeFormat>();

function formatFor(name: keyof typeof formats, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${name} ${timeZone ?? ""}`;
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    ...formats[name],
    ...(timeZone !== undefined && { timeZone }),
  });
  made.set(key, format);
  return format;
}
