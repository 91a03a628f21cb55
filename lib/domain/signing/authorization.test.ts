import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cpuMilliseconds } from "@/lib/testing/cpu-time";
import { isFull } from "@/lib/testing/full";

import { parseAuthorization } from "./authorization";
import { isFingerprint, normaliseFingerprint } from "./fingerprint";
import { signedVectors, vectorKey } from "./vectors.fixture";

const { tenancyId, userId, fingerprint } = vectorKey;
const keyId = `${tenancyId}/${userId}/${fingerprint}`;
const signature = "QUJDRA==";
const parameters = {
  version: "1",
  keyId,
  algorithm: "rsa-sha256",
  headers: "date (request-target) host",
  signature,
};

function header(changes: Partial<Record<keyof typeof parameters, string>> = {}): string {
  return `Signature ${written({ ...parameters, ...changes }).join(",")}`;
}

function written(values: Record<string, string>): string[] {
  return Object.entries(values).map(([key, value]) => `${key}="${value}"`);
}

function outcome(text: string): string {
  const result = parseAuthorization(text);
  return result.ok ? "ok" : result.reason;
}

const value = {
  tenancyId,
  userId,
  fingerprint,
  headers: ["date", "(request-target)", "host"],
  signature,
};

test.each(signedVectors)("reads what a client sent: $name", ({ rawHeaders }) => {
  const text =
    rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "authorization") + 1] ?? "";
  expect(parseAuthorization(text)).toMatchObject({
    ok: true,
    value: { tenancyId, userId, fingerprint },
  });
});

describe("tolerance", () => {
  test("any order of parameters, any case of scheme and keys, white space around them", () => {
    const text = fc
      .tuple(
        fc.shuffledSubarray(Object.entries(parameters), { minLength: 5, maxLength: 5 }),
        fc.constantFrom("Signature", "signature", "SIGNATURE"),
        fc.array(fc.constantFrom("", " ", "  ", "\t"), { minLength: 4, maxLength: 4 }),
        fc.boolean(),
      )
      .map(([entries, scheme, [a = "", b = "", c = "", d = ""], isUpper]) => {
        const pairs = entries.map(
          ([key, text]) => `${a}${isUpper ? key.toUpperCase() : key}${b}=${c}"${text}"${d}`,
        );
        return `${scheme} ${pairs.join(",")}`;
      });
    fc.assert(
      fc.property(text, (authorization) => {
        expect(parseAuthorization(authorization)).toEqual({ ok: true, value });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("version may be absent, unknown parameters are passed over, names and fingerprint may be upper case", () => {
    const { version: _version, ...rest } = parameters;
    expect(parseAuthorization(`Signature ${written({ ...rest, opaque: "x" }).join(", ")}`)).toEqual(
      { ok: true, value },
    );
    const upper = header({
      headers: "Date (Request-Target)  HOST",
      keyId: `${tenancyId}/${userId}/${fingerprint.toUpperCase()}`,
      algorithm: "RSA-SHA256",
    });
    expect(parseAuthorization(upper)).toEqual({ ok: true, value });
  });
});

describe("refusals", () => {
  test.each([
    ["", "no_authorization"],
    ["   ", "no_authorization"],
    ["Basic QUJD", "unsupported_scheme"],
    ["Bearer abc", "unsupported_scheme"],
    ['Signaturekey="x"', "unsupported_scheme"],
    ["Signature", "malformed_authorization"],
    ["Signature keyId", "malformed_authorization"],
    [`${header()},`, "malformed_authorization"],
    [`${header()} x`, "malformed_authorization"],
    [header().replaceAll('"', "'"), "malformed_authorization"],
    [header().replace(",", ",,"), "malformed_authorization"],
    [header().replace(",", " "), "malformed_authorization"],
    [`${header()},KEYID="x"`, "malformed_authorization"],
    [`${header()},opaque="x",Opaque="y"`, "malformed_authorization"],
    [header({ headers: 'da\\"te' }), "malformed_authorization"],
    [header({ headers: "date\nhost" }), "malformed_authorization"],
    [header({ headers: "" }), "malformed_authorization"],
    [header({ headers: "date (created) host" }), "malformed_authorization"],
    [header({ headers: "date host Date" }), "header_repeated"],
    [header().replace(/headers="[^"]*",/, ""), "header_not_signed"],
    [header({ version: "2" }), "unsupported_version"],
    [header({ algorithm: "hmac-sha256" }), "unsupported_algorithm"],
    [header({ algorithm: "rsa-sha1" }), "unsupported_algorithm"],
    [header().replace(/algorithm="[^"]*",/, ""), "unsupported_algorithm"],
    [header({ keyId: "ST$eyJhbGciOiJSUzI1NiJ9.e30.c2ln" }), "unsupported_principal"],
    [header({ keyId: `${tenancyId}/${userId}` }), "malformed_key_id"],
    [header({ keyId: `${keyId}/x` }), "malformed_key_id"],
    [header({ keyId: `${tenancyId}//${fingerprint}` }), "malformed_key_id"],
    [header({ keyId: `${tenancyId}/${userId}/${fingerprint}:00` }), "malformed_key_id"],
    [header({ keyId: `${tenancyId}/../${fingerprint}%00` }), "malformed_key_id"],
    [header({ signature: "" }), "malformed_signature"],
    [header({ signature: "QUJDRA" }), "malformed_signature"],
    [header({ signature: "QUJDRB==" }), "malformed_signature"],
    [header({ signature: "QUJD RA==" }), "malformed_signature"],
    [header({ signature: "QUJDRA==QUJD" }), "malformed_signature"],
    [header({ signature: "A".repeat(1_372) }), "malformed_signature"],
    [`${header()}${" ".repeat(9_000)}`, "authorization_too_long"],
  ])("%j is %s", (text, reason) => {
    expect(outcome(text)).toBe(reason);
  });

  test("8 KB of anything is judged within milliseconds and never throws", () => {
    const piece = fc.constantFrom(
      "Signature ",
      "a",
      "=",
      '"',
      ",",
      " ",
      "\t",
      'k="v"',
      'headers="',
      "a ",
      "\\",
      "/",
      '="",',
    );
    const hostile = fc
      .tuple(fc.array(piece, { maxLength: 8 }), piece, fc.nat({ max: 8_000 }))
      .map(([start, filler, count]) =>
        `Signature ${start.join("")}${filler.repeat(count)}`.slice(0, 8_192),
      );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(cpuMilliseconds(() => void parseAuthorization(text))).toBeLessThan(100);
      }),
      { seed: 2, numRuns: isFull ? 200_000 : 1_000 },
    );
  });
});

test("fingerprints are sixteen hex pairs", () => {
  expect(normaliseFingerprint(` ${fingerprint.toUpperCase()}\n`)).toBe(fingerprint);
  expect(isFingerprint(fingerprint)).toBe(true);
  for (const text of [
    fingerprint.toUpperCase(),
    `${fingerprint}:`,
    `${fingerprint}\n`,
    fingerprint.slice(3),
    fingerprint.replaceAll(":", "-"),
    "",
  ]) {
    expect(isFingerprint(text)).toBe(false);
  }
  for (const text of [
    `${fingerprint}:`,
    fingerprint.slice(3),
    `g${fingerprint.slice(1)}`,
    "a".repeat(200),
  ]) {
    expect(normaliseFingerprint(text)).toBeUndefined();
  }
});
