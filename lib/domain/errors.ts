/**
 * The closed list of reasons for which a use case refuses. Programs read the code, people read the message;
 * every transport maps each code exhaustively (architecture.md 8).
 */
export const errorCodes = [
  "invalid_input",
  "missing_input",
  "invalid_key",
  "unauthenticated",
  "sign_in_refused",
  "password_expired",
  "must_change_password",
  "must_enrol",
  "second_factor_required",
  "step_up_required",
  "reason_required",
  "not_found",
  "related_not_found",
  "already_exists",
  "limit_reached",
  "conflict",
  "stale",
  "retry_token_invalidated",
  "rate_limited",
  "too_large",
  "unavailable",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Problems of single fields: path of the field ("description", "scopes.0.audience") to a sentence for a person. */
export type FieldProblems = Record<string, string>;

type Details = { fields?: FieldProblems; retryAfterSeconds?: number; cause?: unknown };

const brand = Symbol.for("latchkey.app-error");

/**
 * A refusal that the caller can understand and act on. Anything else that is thrown is a bug and is answered as such.
 * Recognised by a brand, not by `instanceof`: the front door and Next bundle this file separately.
 */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly fields: FieldProblems;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = details.fields ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && brand in error;
}

/** One answer for "not there" and "not yours": a stranger must not learn what exists. */
export function notFound(): AppError {
  return new AppError(
    "not_found",
    "This does not exist, was deleted, or is not yours to see or do. Reload the page.",
  );
}

/** A membership's other half is not there. */
export function relatedNotFound(): AppError {
  return new AppError("related_not_found", "This user or this group does not exist.");
}

/** One answer when the database cannot be reached; it recovers by itself. */
export function unavailable(cause?: unknown): AppError {
  return new AppError(
    "unavailable",
    "The database cannot be reached at the moment. Try again in a few seconds.",
    {
      retryAfterSeconds: 2,
      cause,
    },
  );
}
