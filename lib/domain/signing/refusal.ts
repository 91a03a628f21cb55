/**
 * Why a signed request was refused. The wire answers every one of them with the same 401, so that a stranger learns
 * nothing; the reason is kept for the owner to read in *Activity* (identity-api.md, Part A).
 */
export const refusalReasons = [
  "no_authorization",
  "repeated_authorization",
  "authorization_too_long",
  "malformed_authorization",
  "unsupported_scheme",
  "unsupported_version",
  "unsupported_algorithm",
  "unsupported_principal",
  "malformed_key_id",
  "malformed_signature",
  "malformed_request",
  "header_not_signed",
  "header_absent",
  "header_repeated",
  "date_not_signed",
  "date_malformed",
  "clock_ahead",
  "clock_behind",
  "digest_mismatch",
  "length_mismatch",
  "body_digest_not_signed",
  "host_not_served",
  "unknown_tenancy",
  "unknown_user",
  "unknown_fingerprint",
  "key_disabled",
  "key_expired",
  "key_unreadable",
  "user_suspended",
  "capability_off",
  "bad_signature",
  "replayed",
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** `skewSeconds` is positive when the client's clock is ahead of ours. */
export type RefusalDetails = { header?: string; skewSeconds?: number };

export type Refusal = { ok: false; reason: RefusalReason; details: RefusalDetails };

export function refuse(reason: RefusalReason, details: RefusalDetails = {}): Refusal {
  return { ok: false, reason, details };
}

/** The sentence for the owner of the key. It holds nothing that the client sent but the name of a header. */
export function describeRefusal(reason: RefusalReason, details: RefusalDetails = {}): string {
  const sentence = sentences[reason];
  return typeof sentence === "string" ? sentence : sentence(details);
}

type Sentence = string | ((details: RefusalDetails) => string);

const sentences: Record<RefusalReason, Sentence> = {
  no_authorization: "The request was not signed: it had no Authorization header.",
  repeated_authorization: "The request had more than one Authorization header.",
  authorization_too_long: "The Authorization header was longer than 8 KB.",
  malformed_authorization: "The Authorization header could not be read.",
  unsupported_scheme: "The Authorization header did not use the Signature scheme.",
  unsupported_version: "The signature named a version other than 1.",
  unsupported_algorithm: "The signature named an algorithm other than rsa-sha256.",
  unsupported_principal:
    "The request was signed with a session token. Only API keys of users are accepted: set up a profile with a key file.",
  malformed_key_id:
    "The keyId was not tenancy/user/fingerprint. Compare it with the configuration file preview.",
  malformed_signature: "The signature was not proper base64.",
  malformed_request:
    "The request line or a signed header held characters that do not belong there.",
  header_not_signed: ({ header }) =>
    `The signature did not cover the ${named(header)}, which must be signed.`,
  header_absent: ({ header }) =>
    `The signature covered the ${named(header)}, but the request did not have it.`,
  header_repeated: ({ header }) =>
    `The request had the ${named(header)} more than once, or its signature named it twice.`,
  date_not_signed: "The signature covered neither date nor x-date.",
  date_malformed: "The signed date was not written like “Sat, 21 Nov 2026 21:30:45 GMT”.",
  clock_ahead: ({ skewSeconds }) =>
    `Your clock is ${duration(skewSeconds)} ahead of this server. At most 5 minutes are allowed.`,
  clock_behind: ({ skewSeconds }) =>
    `Your clock is ${duration(skewSeconds)} behind this server. At most 5 minutes are allowed.`,
  digest_mismatch:
    "The body was not the one that was signed: its SHA-256 differs from x-content-sha256.",
  length_mismatch:
    "The body was not the one that was signed: its length differs from content-length.",
  body_digest_not_signed:
    "The request had a body, but the signature did not cover x-content-sha256.",
  host_not_served: "The request was signed for a host name that this server does not answer to.",
  unknown_tenancy: "The keyId named a tenancy that this server does not know.",
  unknown_user: "The keyId named a user that this server does not know.",
  unknown_fingerprint: "The keyId named a fingerprint that is not among this user's API keys.",
  key_disabled: "The API key is disabled.",
  key_expired: "The API key has expired.",
  key_unreadable: "What is stored of the API key cannot be read. Delete it and add it again.",
  user_suspended: "The user is suspended.",
  capability_off: "The user may not use API keys: the capability is off.",
  bad_signature:
    "The signature did not match the API key. The private key may be another one, or the request was changed on its way.",
  replayed: "The same signature had been used before. Every request must be signed anew.",
};

const hour = 3_600;
const day = 24 * hour;

function named(header: string | undefined): string {
  return header === undefined ? "required header" : `header ${header}`;
}

function duration(skewSeconds: number | undefined): string {
  if (skewSeconds === undefined || !Number.isFinite(skewSeconds)) return "more than 5 minutes";
  const seconds = Math.abs(skewSeconds);
  if (seconds < 2 * hour) return counted(Math.round(seconds / 60), "minute");
  if (seconds < 2 * day) return counted(Math.round(seconds / hour), "hour");
  return counted(Math.round(seconds / day), "day");
}

function counted(count: number, unit: string): string {
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}
