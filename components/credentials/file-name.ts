/** A file name of what people typed: lower-case letters, digits, dots, dashes and underscores only. */
export function fileNameOf(...parts: readonly string[]): string {
  const words = parts.map((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 40),
  );
  return words.filter((word) => word !== "").join("-");
}

/** The date as people sort files by it, in their own time zone. */
export function fileDate(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
