import { normaliseFingerprint } from "./fingerprint";
import { refuse, type Refusal } from "./refusal";

export type SignatureParameters = {
  tenancyId: string;
  userId: string;
  fingerprint: string;
  /** The signed names, lower-cased, in the order of the signing string. */
  headers: string[];
  /** Canonical base64: one text per signature, so that a replay cannot hide behind another spelling. */
  signature: string;
};

/**
 * Reads `Authorization: Signature …` (draft-cavage-http-signatures-08 as the Identity API uses it; identity-api.md 1.1).
 * Takes any order of parameters and any case of scheme and keys; refuses repeated ones. Linear in the header's length.
 */
export function parseAuthorization(
  header: string,
): { ok: true; value: SignatureParameters } | Refusal {
  if (header.length > maxHeaderLength) return refuse("authorization_too_long");
  const text = header.trim();
  if (text === "") return refuse("no_authorization");
  const scheme = /^[^ \t]+/.exec(text)?.[0] ?? "";
  if (scheme.toLowerCase() !== "signature") return refuse("unsupported_scheme");
  const parameters = readParameters(text.slice(scheme.length));
  return parameters === undefined ? refuse("malformed_authorization") : readSignature(parameters);
}

const maxHeaderLength = 8 * 1024;
/** The signature of an 8192-bit key. */
const maxSignatureLength = 1_368;

const parameterShape = /[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*=[ \t]*"([\t !#-[\]-~]*)"[ \t]*(,|$)/y;
const identifierShape = /^[A-Za-z0-9._-]{1,255}$/;
const headerNameShape = /^(?:\(request-target\)|[a-z0-9!#$%&'*+.^_`|~-]+)$/;
/** Of texts whose length is a multiple of four. */
const canonicalBase64 = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/;

function readParameters(text: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  let position = 0;
  let more = true;
  while (more) {
    parameterShape.lastIndex = position;
    const [whole, key, value, separator] = parameterShape.exec(text) ?? [];
    if (whole === undefined || key === undefined || value === undefined) return undefined;
    if (parameters.has(key.toLowerCase())) return undefined;
    parameters.set(key.toLowerCase(), value);
    position += whole.length;
    more = separator === ",";
  }
  return parameters;
}

function readSignature(
  parameters: Map<string, string>,
): { ok: true; value: SignatureParameters } | Refusal {
  if ((parameters.get("version") ?? "1") !== "1") return refuse("unsupported_version");
  if (parameters.get("algorithm")?.toLowerCase() !== "rsa-sha256")
    return refuse("unsupported_algorithm");
  const key = readKeyId(parameters.get("keyid") ?? "");
  if ("ok" in key) return key;
  const names = readHeaderNames(parameters.get("headers"));
  if ("ok" in names) return names;
  const signature = parameters.get("signature") ?? "";
  if (
    signature === "" ||
    signature.length > maxSignatureLength ||
    signature.length % 4 !== 0 ||
    !canonicalBase64.test(signature)
  ) {
    return refuse("malformed_signature");
  }
  return { ok: true, value: { ...key, headers: names, signature } };
}

function readKeyId(
  keyId: string,
): Pick<SignatureParameters, "tenancyId" | "userId" | "fingerprint"> | Refusal {
  if (keyId.startsWith("ST$")) return refuse("unsupported_principal");
  const [tenancyId, userId, last, ...rest] = keyId.split("/");
  if (tenancyId === undefined || userId === undefined || last === undefined || rest.length > 0)
    return refuse("malformed_key_id");
  const fingerprint = normaliseFingerprint(last);
  if (
    fingerprint === undefined ||
    !identifierShape.test(tenancyId) ||
    !identifierShape.test(userId)
  ) {
    return refuse("malformed_key_id");
  }
  return { tenancyId, userId, fingerprint };
}

function readHeaderNames(list: string | undefined): string[] | Refusal {
  // Without the parameter the draft signs `date` alone, which is less than anybody may sign.
  if (list === undefined) return refuse("header_not_signed", { header: "(request-target)" });
  const names = list
    .toLowerCase()
    .split(/[ \t]+/)
    .filter((name) => name !== "");
  if (names.length === 0 || !names.every((name) => headerNameShape.test(name)))
    return refuse("malformed_authorization");
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return refuse("header_repeated", { header: name });
    seen.add(name);
  }
  return names;
}
