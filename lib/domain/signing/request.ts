import { refuse, type Refusal } from "./refusal";

/** A request as it came off the wire, its body already read and hashed. */
export type SignedRequest = {
  method: string;
  /** The target of the request line, byte for byte. */
  target: string;
  headers: Readonly<Record<string, string | undefined>>;
  /** Names and values by turns, as Node keeps them: `headers` hides that a header came twice. */
  rawHeaders: readonly string[];
  bodyLength: number;
  bodySha256Base64: string;
  /** The database's time (security.md R39). */
  now: Date;
};

/** What a request that may go on to the signature check has proved so far, and the text that must be signed. */
export type CheckedRequest = { signingString: string; signedAt: Date };

/**
 * Everything that can be judged without a key: one Authorization header, the required signed set (R38), no repeated
 * signed header, the signed date within five minutes (R39), length and digest of the body (R41).
 * `names` are the signed names in lower case, in their order.
 */
export function checkRequest(
  request: SignedRequest,
  names: readonly string[],
): { ok: true; value: CheckedRequest } | Refusal {
  const refusal =
    checkSignedSet(request, names) ??
    checkPresence(request, names) ??
    checkCharacters(request, names);
  if (refusal !== undefined) return refusal;
  const date = checkDate(request, names);
  if (!date.ok) return date;
  return (
    checkBody(request, names) ?? {
      ok: true,
      value: { signingString: signingString(names, request), signedAt: date.value },
    }
  );
}

/** The text under the signature: one `name: value` line per signed name, joined by LF (identity-api.md 1.3). */
export function signingString(
  names: readonly string[],
  request: Pick<SignedRequest, "method" | "target" | "headers">,
): string {
  return names.map((name) => `${name}: ${signedValue(name, request)}`).join("\n");
}

/** Reads an HTTP date in its one modern form (RFC 9110 5.6.7, the form of RFC 1123); undefined for anything else. */
export function parseHttpDate(text: string): Date | undefined {
  if (text === lastRead.text) return new Date(lastRead.time);
  if (text.length !== 29) return undefined;
  const date = new Date(text);
  // Writing it again refuses every looser spelling that Date takes, wrong weekdays and 31 February among them.
  if (Number.isNaN(date.getTime()) || date.toUTCString() !== text) return undefined;
  lastRead = { text, time: date.getTime() };
  return date;
}

/** Many clients sign within one second, and reading its name costs a tenth of checking a signature. */
let lastRead = { text: "", time: 0 };

const maxSkewMilliseconds = 300_000;
const alwaysSigned = ["(request-target)", "host"];
const signedWithBody = ["content-length", "content-type", "x-content-sha256"];
const methodsWithBody = new Set(["POST", "PUT", "PATCH"]);

function checkSignedSet(
  { method, bodyLength }: SignedRequest,
  names: readonly string[],
): Refusal | undefined {
  const required = methodsWithBody.has(method.toUpperCase())
    ? [...alwaysSigned, ...signedWithBody]
    : alwaysSigned;
  const missing = required.find((name) => !names.includes(name));
  if (missing !== undefined) return refuse("header_not_signed", { header: missing });
  if (!names.includes("date") && !names.includes("x-date")) return refuse("date_not_signed");
  if (bodyLength > 0 && !names.includes("x-content-sha256"))
    return refuse("body_digest_not_signed");
  return undefined;
}

function checkPresence(
  { headers, rawHeaders }: SignedRequest,
  names: readonly string[],
): Refusal | undefined {
  const counts = countNames(rawHeaders);
  if ((counts.get("authorization") ?? 0) > 1) return refuse("repeated_authorization");
  if (new Set(names).size !== names.length) {
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    return refuse("header_repeated", repeated === undefined ? {} : { header: repeated });
  }
  for (const name of names) {
    if (name === "(request-target)") continue;
    const count = counts.get(name) ?? 0;
    if (count === 0 || ownValue(headers, name) === undefined)
      return refuse("header_absent", { header: name });
    if (count > 1) return refuse("header_repeated", { header: name });
  }
  return undefined;
}

function countNames(rawHeaders: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place]?.toLowerCase() ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** A line feed inside a value would let one header pass for another line of the signing string. */
function checkCharacters(request: SignedRequest, names: readonly string[]): Refusal | undefined {
  const values = names.map((name) => signedValue(name, request));
  const isClean =
    !hasControlCharacter(request.target) &&
    !request.target.includes(" ") &&
    !values.some(hasControlCharacter);
  return isClean && request.target !== "" ? undefined : refuse("malformed_request");
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff) return true;
  }
  return false;
}

function checkDate(
  { headers, now }: SignedRequest,
  names: readonly string[],
): { ok: true; value: Date } | Refusal {
  // Clients that send both refresh only x-date when they retry, and an unsigned date proves nothing.
  const name = names.includes("x-date") ? "x-date" : "date";
  const signedAt = parseHttpDate(trimmed(ownValue(headers, name) ?? ""));
  if (signedAt === undefined) return refuse("date_malformed", { header: name });
  const skew = signedAt.getTime() - now.getTime();
  if (Math.abs(skew) <= maxSkewMilliseconds) return { ok: true, value: signedAt };
  return refuse(skew > 0 ? "clock_ahead" : "clock_behind", {
    skewSeconds: Math.round(skew / 1000),
  });
}

function checkBody(
  { headers, bodyLength, bodySha256Base64 }: SignedRequest,
  names: readonly string[],
): Refusal | undefined {
  const length = ownValue(headers, "content-length");
  if (length !== undefined && trimmed(length) !== String(bodyLength))
    return refuse("length_mismatch");
  if (!names.includes("x-content-sha256")) return undefined;
  const digest = trimmed(ownValue(headers, "x-content-sha256") ?? "");
  return isSameDigest(digest, bodySha256Base64) ? undefined : refuse("digest_mismatch");
}

/** Looks at every character whatever it finds, as node:crypto's comparison would; this layer has no node:crypto. */
function isSameDigest(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1)
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}

function signedValue(
  name: string,
  { method, target, headers }: Pick<SignedRequest, "method" | "target" | "headers">,
): string {
  return name === "(request-target)"
    ? `${method.toLowerCase()} ${target}`
    : trimmed(ownValue(headers, name) ?? "");
}

/** A header may be called `constructor`; what every object inherits is not a header. */
function ownValue(headers: SignedRequest["headers"], name: string): string | undefined {
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}

function trimmed(value: string): string {
  if (!/^[ \t]|[ \t]$/.test(value)) return value;
  return value.replace(/^[ \t]+/, "").replace(/(?<![ \t])[ \t]+$/, "");
}
