/** The errors of RFC 6749 5.2 and RFC 7009 that this server answers with. */
export type OauthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "unsupported_grant_type"
  | "invalid_scope";

/** A refusal of the token service: a code for programs, a sentence for people. It never holds what a client sent as a secret. */
export class OauthError extends Error {
  override readonly name = "OauthError";
  readonly code: OauthErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: OauthErrorCode,
    sentence: string,
    { status = code === "invalid_client" ? 401 : 400, headers = {} }: Refinement = {},
  ) {
    super(sentence);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

type Refinement = { status?: number; headers?: Readonly<Record<string, string>> };

/** One answer for every client that did not prove itself: what differs would tell a stranger what exists. */
export function invalidClient(): OauthError {
  return new OauthError("invalid_client", "Client authentication failed.");
}

export function invalidRequest(sentence: string): OauthError {
  return new OauthError("invalid_request", sentence);
}
