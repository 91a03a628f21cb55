import { pino, type Logger } from "pino";

import { withoutSecrets } from "./without-secrets";

export interface Logs {
  /** Each line is written at once. */
  readonly log: Logger;
  readonly requestLog: RequestLog;
  /** Writes what still waits; without it what came in the last quarter of a second is lost. */
  flush(): void;
}

/** For the line of each request, whose few fields are known to hold no secret: many are written at once. */
export interface RequestLog {
  isEnabled(level: RequestLevel): boolean;
  write(level: RequestLevel, fields: object): void;
}

type RequestLevel = "debug" | "info" | "warn";

/** What lines go to: standard output, but for a test. */
interface Destination {
  write(lines: string): unknown;
}

/**
 * Structured lines on standard output. Errors are reduced to name, code and stack of ours: what the database driver and
 * Drizzle throw carries the statement with its parameters.
 */
export function makeLogs(level: string, destination: Destination = standardOutput()): Logs {
  const batch = makeBatch(destination);
  const inOrder = {
    write: (line: string) => {
      batch.flush();
      destination.write(line);
    },
  };
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (fields) => withoutSecrets(fields) },
      serializers: { err: describeError },
    },
    inOrder,
  );
  return { log, requestLog: requestLogOver(log, batch), flush: batch.flush };
}

/** As pino writes them, without what it costs: a signed GET is to stay short (docs/decisions/0130). */
function requestLogOver(log: Logger, batch: Batch): RequestLog {
  return {
    isEnabled: (level) => log.isLevelEnabled(level),
    write: (level, fields) => {
      const members = JSON.stringify(fields).slice(1, -1);
      const number = pino.levels.values[level];
      batch.add(`{"level":${number},"time":"${now()}",${members},"msg":"request"}\n`);
    },
  };
}

let second = Number.NaN;
let upToSecond = "";

/** A date that is made for each line would cost as much as the rest of it: Next puts one of its own in the engine's place. */
function now(): string {
  const milliseconds = Date.now();
  const full = Math.floor(milliseconds / 1_000);
  if (full !== second) {
    second = full;
    upToSecond = new Date(full * 1_000).toISOString().slice(0, -4);
  }
  return `${upToSecond}${String(milliseconds - full * 1_000).padStart(3, "0")}Z`;
}

interface Batch {
  add(line: string): void;
  flush(): void;
}

const batchCharacters = 48 * 1_024;
const longestWaitMilliseconds = 250;

function makeBatch(destination: Destination): Batch {
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === "") return;
    const lines = waiting;
    waiting = "";
    destination.write(lines);
  };
  return {
    add: (line) => {
      waiting += line;
      if (waiting.length >= batchCharacters) flush();
      else timer ??= setTimeout(flush, longestWaitMilliseconds).unref();
    },
    flush,
  };
}

const standardOutput = () => pino.destination({ sync: true });

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
