/** `2026-03-01 14:05 UTC`: for who reads where the reader's time zone is not known. */
export function asUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `1 March 2026`, by the same clock. */
export function asUtcDay(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(iso),
  );
}
