import { rootCause } from "@/lib/config/error-code";

/**
 * What the log may hold of a bug: names, codes and places. Messages of the database driver and of Drizzle quote the
 * statement and its parameters, so those stay out.
 */
export function summaryOf(error: unknown): Record<string, unknown> {
  const root = rootCause(error);
  if (!(root instanceof Error)) return { errorName: typeof root };
  const code = "code" in root && typeof root.code === "string" ? root.code : undefined;
  const isFromDatabase = root !== error || "severity" in root || "query" in root;
  return {
    errorName: root.name,
    ...(code === undefined ? {} : { errorCode: code }),
    ...("constraint" in root ? { constraint: root.constraint } : {}),
    ...(isFromDatabase ? {} : { errorMessage: root.message }),
    at: placesOf(error),
  };
}

/** The frames alone: a stack begins with the message. */
function placesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return lines
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 6);
}
