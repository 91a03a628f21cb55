import { pino, type Logger } from "pino";

const secretPaths = [
  "password",
  "secret",
  "token",
  "verifier",
  "sealedSecret",
  "authorization",
  "cookie",
  "headers.authorization",
  "headers.cookie",
  "*.password",
  "*.secret",
  "*.token",
  "*.verifier",
  "*.sealedSecret",
  "*.authorization",
  "*.cookie",
];

/**
 * Structured lines on standard output. Errors are reduced to name, code and stack of ours: what the database driver and
 * Drizzle throw carries the statement with its parameters.
 */
export function makeLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: "[redacted]" },
    serializers: { err: describeError },
  });
}

export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const isOfDatabase = error.name === "DrizzleQueryError" || "severity" in error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  const stack = error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 12);
  return {
    type: error.name,
    ...(isOfDatabase ? {} : { message: error.message }),
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause ? { cause } : {}),
  };
}
