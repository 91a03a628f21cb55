import { pino, type Logger } from "pino";

import { withoutSecrets } from "./without-secrets";

export interface Logs {
  /** Each line is written at once. */
  readonly log: Logger;
  /** For the line of each request, whose few fields are known to hold no secret: written some at a time. */
  readonly requestLog: Logger;
  /** Writes what still waits. */
  flush(): void;
}

/** What lines go to: standard output, but for a test. */
interface Destination {
  write(line: string): unknown;
  flushSync(): void;
}

/**
 * Structured lines on standard output. Errors are reduced to name, code and stack of ours: what the database driver and
 * Drizzle throw carries the statement with its parameters.
 */
export function makeLogs(level: string, destination: Destination = standardOutput()): Logs {
  const usual = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime } as const;
  const atOnce = {
    write: (line: string) => {
      destination.write(line);
      destination.flushSync();
    },
  };
  const log = pino(
    {
      ...usual,
      formatters: { log: (fields) => withoutSecrets(fields) },
      serializers: { err: describeError },
    },
    atOnce,
  );
  return { log, requestLog: pino(usual, destination), flush: () => destination.flushSync() };
}

/** One buffer for both, so that no line is torn by another; what waits in it is lost only with `kill -9`. */
function standardOutput(): Destination {
  const lines = pino.destination({ sync: true, minLength: 4_096, periodicFlush: 250 });
  process.once("exit", () => lines.flushSync());
  return lines;
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const isOfDatabase = error.name === "DrizzleQueryError" || "severity" in error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  const stack = error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 12);
  return withoutSecrets({
    type: error.name,
    ...(isOfDatabase ? {} : { message: error.message }),
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause ? { cause } : {}),
  });
}
