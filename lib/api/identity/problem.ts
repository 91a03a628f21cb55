import { AppError, type ErrorCode, isAppError } from "@/lib/domain/errors";

/** An error as the wire says it: Oracle's status and code, and a sentence (identity-api.md 5.6). */
export interface WireProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
}

export type WireName = Pick<WireProblem, "status" | "code">;
export type WireNames = Partial<Record<ErrorCode, WireName>>;

/** A client retries by these codes: permanent conditions must not look transient (identity-api.md 5.7). */
const wireNames = {
  invalid_input: { status: 400, code: "InvalidParameter" },
  missing_input: { status: 400, code: "MissingParameter" },
  invalid_key: { status: 400, code: "InvalidKey" },
  unauthenticated: { status: 401, code: "NotAuthenticated" },
  sign_in_refused: { status: 401, code: "NotAuthenticated" },
  password_expired: { status: 401, code: "NotAuthenticated" },
  must_change_password: { status: 403, code: "NotAuthorized" },
  must_enrol: { status: 403, code: "NotAuthorized" },
  second_factor_required: { status: 403, code: "NotAuthorized" },
  step_up_required: { status: 403, code: "NotAuthorized" },
  reason_required: { status: 400, code: "MissingParameter" },
  not_found: { status: 404, code: "NotAuthorizedOrNotFound" },
  related_not_found: { status: 400, code: "RelatedResourceNotAuthorizedOrNotFound" },
  already_exists: { status: 409, code: "NotAuthorizedOrResourceAlreadyExists" },
  limit_reached: { status: 400, code: "LimitExceeded" },
  conflict: { status: 409, code: "Conflict" },
  stale: { status: 412, code: "NoEtagMatch" },
  retry_token_invalidated: { status: 409, code: "InvalidatedRetryToken" },
  rate_limited: { status: 429, code: "TooManyRequests" },
  too_large: { status: 413, code: "PayloadTooLarge" },
  unavailable: { status: 503, code: "ServiceUnavailable" },
} as const satisfies Record<ErrorCode, WireName>;

/** What went wrong, for the client. Of what is not an `AppError` it learns nothing but that it was our fault. */
export function wireProblemOf(error: unknown, special: WireNames): WireProblem {
  if (!isAppError(error)) {
    return { status: 500, code: "InternalServerError", message: "Something went wrong here." };
  }
  const { code, message, retryAfterSeconds } = error;
  const name = special[code] ?? wireNames[code];
  return { ...name, message: sameForAll[code] ?? message, retryAfterSeconds };
}

/** Every wire name an operation may answer with, for the OpenAPI document. */
export const allWireNames: Readonly<Record<ErrorCode, WireName>> = wireNames;

/** A body that is not JSON has a code of its own. */
export const whileParsing: WireNames = {
  invalid_input: { status: 400, code: "CannotParseRequest" },
};

/** One body for every cause: what differs would tell a stranger what exists. */
const sameForAll: Partial<Record<ErrorCode, string>> = {
  unauthenticated:
    "The required information to complete authentication was not provided or was incorrect.",
  not_found: "Authorization failed or requested resource not found.",
};

export const noSuchOperation: WireProblem = {
  status: 404,
  code: "NotFound",
  message: "There is no such operation.",
};

export const methodNotAllowed: WireProblem = {
  status: 405,
  code: "MethodNotAllowed",
  message: "This address does not answer that method.",
};

export function unauthenticated(): AppError {
  return new AppError("unauthenticated", "The request is not authenticated.");
}
