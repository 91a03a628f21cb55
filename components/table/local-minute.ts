/** An instant to the minute, `2026-11-30T17:05Z`, as a field for date and time has it in the reader's own time zone. */
export function localMinute(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "";
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, minuteLength);
}

/** What such a field says, as an instant to the minute; nothing where it says nothing. */
export function instantOf(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? "" : `${date.toISOString().slice(0, minuteLength)}Z`;
}

const minuteLength = "2026-11-30T17:05".length;
