import "server-only";
import { DrizzleQueryError } from "drizzle-orm";

import { AppError, unavailable } from "@/lib/domain/errors";

/**
 * Codes after which the same request can succeed by itself: connection lost or refused, server starting or stopping,
 * too many connections, disk full, statement cancelled (PostgreSQL, appendix A).
 */
const passing = /^(08...|53...|57P0[1-5]|57014|40001|40P01|55P03|25P03|58...)$/;
const passingSystem = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
const passingMessages =
  /timeout exceeded when trying to connect|Connection terminated|The database is silent|Client has encountered a connection error|client was closed|not queryable|the database system is/i;

/** What a text column or a JSON column cannot hold, which is to say: a NUL in what somebody sent. */
const unstorable = new Set(["22021", "22P05"]);

/**
 * A failure of the database as `unavailable` or `invalid_input`; any other as the driver threw it. Drizzle's own error
 * goes no further: its message holds the statement and every parameter, verifiers included, and Next prints messages.
 */
export function asAppError(error: unknown): unknown {
  const root = rootOf(error);
  if (isPassing(root)) return unavailable(root);
  if (unstorable.has(codeOf(root)))
    return new AppError("invalid_input", "Leave out control characters.");
  return root;
}

/** Whether the connection may be out of step with us: nobody should be given it again. */
export function isConnectionInDoubt(error: unknown): boolean {
  const root = rootOf(error);
  return root instanceof Error && isPassing(root) && !/^(40|55|57014)/.test(codeOf(root));
}

/**
 * Whether nothing came back at all: the database ends a statement that is slow before we give it up. What swallowed
 * this connection has most likely swallowed the others too.
 */
export function isSilence(error: unknown): boolean {
  const root = rootOf(error);
  if (!(root instanceof Error)) return false;
  return root.message === silence || silent.has(codeOf(root));
}

/** What a connection is broken with that has not answered in time. */
export const silence = "The database is silent";

const silent = new Set(["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/** The index or constraint whose uniqueness an insert or update violated. */
export function violatedConstraint(error: unknown): string | undefined {
  const root = rootOf(error);
  if (typeof root !== "object" || root === null || !("code" in root) || root.code !== "23505")
    return undefined;
  return "constraint" in root && typeof root.constraint === "string" ? root.constraint : undefined;
}

export function violatesForeignKey(error: unknown): boolean {
  const root = rootOf(error);
  return typeof root === "object" && root !== null && "code" in root && root.code === "23503";
}

function isPassing(error: unknown): boolean {
  const root = rootOf(error);
  if (!(root instanceof Error)) return false;
  const code = codeOf(root);
  return passing.test(code) || passingSystem.has(code) || passingMessages.test(root.message);
}

function codeOf(error: unknown): string {
  const isCoded = typeof error === "object" && error !== null && "code" in error;
  return isCoded && typeof error.code === "string" ? error.code : "";
}

function rootOf(error: unknown): unknown {
  let current = error;
  while (current instanceof DrizzleQueryError && current.cause !== undefined)
    current = current.cause;
  return current;
}
