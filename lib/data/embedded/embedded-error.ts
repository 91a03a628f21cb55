import "server-only";

import { errorCode } from "@/lib/config/error-code";

/** The embedded PostgreSQL cannot run; the message is a sentence for the person who started Latchkey. */
export class EmbeddedError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "EmbeddedError";
  }
}

const another = "or set DATABASE_URL to a PostgreSQL of your own";

export function unsupportedPlatform(platform: string): EmbeddedError {
  return new EmbeddedError(
    `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer, and start again.`,
  );
}

export function brokenBinary(detail: string): EmbeddedError {
  return new EmbeddedError(
    `The embedded PostgreSQL cannot be executed: ${detail}. Delete node_modules and start again, ${another}.`,
  );
}

export function anotherMajorVersion(folder: string, found: string, ours: string): EmbeddedError {
  return new EmbeddedError(
    `The data directory ${folder} was made by PostgreSQL ${found}, and this Latchkey brings PostgreSQL ${ours}. ` +
      `Dump it with PostgreSQL ${found} and restore it into a new LATCHKEY_DATA, ${another}.`,
  );
}

export function notACluster(folder: string): EmbeddedError {
  return new EmbeddedError(
    `The folder ${folder} is not empty and holds no PostgreSQL data. Move it away, or point LATCHKEY_DATA elsewhere.`,
  );
}

export function rootCannotStepDown(folder: string): EmbeddedError {
  return new EmbeddedError(
    `PostgreSQL refuses to run as root, and no other user can reach ${folder}. ` +
      `Start Latchkey as an ordinary user, move it to a folder that others may enter, ${another}.`,
  );
}

export function diskFull(folder: string, cause?: unknown): EmbeddedError {
  return new EmbeddedError(
    `The disk that holds ${folder} is full. Free some space and start again.`,
    cause,
  );
}

/** Turns what the file system refused into a sentence; what is not about the disk is returned as it came. */
export function fileProblem(folder: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(folder, error);
  // /proc and its like answer ENOENT to whoever makes a folder there.
  const isRefusedFolder = code === "ENOENT" && isMkdir(error);
  if (isRefusedFolder || isRefusal(code)) {
    return new EmbeddedError(
      `Latchkey cannot write to ${folder} (${code}). Give its user that folder, or point LATCHKEY_DATA elsewhere.`,
      error,
    );
  }
  return error;
}

const isMkdir = (error: unknown) =>
  error instanceof Error && "syscall" in error && error.syscall === "mkdir";

const isRefusal = (code = "") => ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(code);

/** Turns the last words of initdb or postgres into a sentence. */
export function processProblem(folder: string, output: string): EmbeddedError {
  if (/No space left on device|Disk quota exceeded|Check free disk space/.test(output))
    return diskFull(folder);
  if (/Permission denied|Read-only file system|has wrong ownership/.test(output)) {
    return new EmbeddedError(
      `PostgreSQL cannot write to ${folder}: ${lastLine(output)}. Give Latchkey's user that folder, ` +
        `or point LATCHKEY_DATA elsewhere.`,
    );
  }
  if (/error while loading shared libraries|Library not loaded|Exec format error/.test(output)) {
    return brokenBinary(lastLine(output));
  }
  return new EmbeddedError(`The embedded PostgreSQL did not start: ${lastLine(output)}`);
}

function lastLine(output: string): string {
  const lines = output.split("\n").map(withoutPrefix).filter(isTelling);
  return (
    lines.findLast((line) => /FATAL|PANIC|error:|could not/i.test(line)) ??
    lines.at(-1) ??
    "it ended without a word"
  );
}

/** PostgreSQL puts the time and its process number before each line. */
function withoutPrefix(line: string): string {
  return line.replace(/^[\d-]+ [\d:.]+ \S+ \[\d+\] /, "").trim();
}

/** The launcher's own knocking, which PostgreSQL notes while it starts, is no reason for anything. */
function isTelling(line: string): boolean {
  return line !== "" && !line.endsWith("the database system is starting up");
}
