import { describe, expect, test } from "vitest";

import { describeRefusal, refusalReasons, type RefusalReason } from "./refusal";
import { checkRequest, parseHttpDate, signingString, type SignedRequest } from "./request";

const emptyBodySha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const bodySha256 = "6yh0FM2QRxROb/KRimxl3PnCEhEEnKn0QsC9k2c1iXg=";
const date = "Sat, 21 Nov 2026 21:30:45 GMT";
const now = new Date("2026-11-21T21:30:45Z");
const getNames = ["x-date", "(request-target)", "host"];
const postNames = [...getNames, "content-type", "content-length", "x-content-sha256"];

type Changes = Partial<Omit<SignedRequest, "headers">> & { headers?: Record<string, string> };

function get({ headers, ...changes }: Changes = {}): SignedRequest {
  const all = { "x-date": date, host: "localhost:3000", ...headers };
  const rawHeaders = Object.entries(all).flat();
  return {
    method: "GET",
    target: "/20160918/users",
    headers: all,
    rawHeaders,
    bodyLength: 0,
    bodySha256Base64: emptyBodySha256,
    now,
    ...changes,
  };
}

function post({ headers, ...changes }: Changes = {}): SignedRequest {
  const bodyHeaders = {
    "content-type": "application/json",
    "content-length": "32",
    "x-content-sha256": bodySha256,
  };
  return get({
    method: "POST",
    bodyLength: 32,
    bodySha256Base64: bodySha256,
    headers: { ...bodyHeaders, ...headers },
    ...changes,
  });
}

function without(names: string[], name: string): string[] {
  return names.filter((other) => other !== name);
}

function outcome(request: SignedRequest, names: string[]): RefusalReason | "ok" {
  const result = checkRequest(request, names);
  return result.ok ? "ok" : result.reason;
}

test("the signing string keeps order, target and values as they were sent", () => {
  const request = post({
    target: "//20160918/users?name=a+b%2Bc%40x&&x=",
    headers: { host: " Example.org:8080\t", "content-type": "Application/JSON; a=b" },
  });
  expect(signingString(postNames, request)).toBe(
    [
      `x-date: ${date}`,
      "(request-target): post //20160918/users?name=a+b%2Bc%40x&&x=",
      "host: Example.org:8080",
      "content-type: Application/JSON; a=b",
      "content-length: 32",
      `x-content-sha256: ${bodySha256}`,
    ].join("\n"),
  );
  expect(checkRequest(request, postNames)).toEqual({
    ok: true,
    value: { signingString: signingString(postNames, request), signedAt: now },
  });
});

describe("the signed set", () => {
  test.each(["(request-target)", "host", "content-type", "content-length", "x-content-sha256"])(
    "a POST, PUT or PATCH signs %s",
    (name) => {
      for (const method of ["POST", "PUT", "PATCH"]) {
        expect(checkRequest(post({ method }), without(postNames, name))).toEqual({
          ok: false,
          reason: "header_not_signed",
          details: { header: name },
        });
      }
    },
  );

  test.each(["(request-target)", "host"])("a GET signs %s", (name) => {
    expect(outcome(get(), without(getNames, name))).toBe("header_not_signed");
  });

  test("one of the dates is signed", () => {
    expect(outcome(get({ headers: { date } }), without(getNames, "x-date"))).toBe(
      "date_not_signed",
    );
    expect(outcome(get({ headers: { date } }), [...without(getNames, "x-date"), "date"])).toBe(
      "ok",
    );
  });

  test("a body on a GET or DELETE needs a signed digest", () => {
    for (const method of ["GET", "DELETE"]) {
      expect(outcome(post({ method }), getNames)).toBe("body_digest_not_signed");
      expect(outcome(post({ method }), [...getNames, "x-content-sha256"])).toBe("ok");
      expect(
        outcome(post({ method, bodySha256Base64: emptyBodySha256 }), [
          ...getNames,
          "x-content-sha256",
        ]),
      ).toBe("digest_mismatch");
    }
  });

  test("every signed header is there, once", () => {
    expect(outcome(get(), [...getNames, "opc-obo-token"])).toBe("header_absent");
    expect(outcome(get(), [...getNames, "constructor"])).toBe("header_absent");
    expect(outcome(get(), [...getNames, "host"])).toBe("header_repeated");
    expect(outcome(get({ headers: { "opc-obo-token": "" } }), [...getNames, "opc-obo-token"])).toBe(
      "ok",
    );
    const twice = get();
    expect(
      outcome({ ...twice, rawHeaders: [...twice.rawHeaders, "Host", "evil.example"] }, getNames),
    ).toBe("header_repeated");
    expect(
      outcome(
        { ...twice, rawHeaders: [...twice.rawHeaders, "accept", "host", "accept", "host"] },
        getNames,
      ),
    ).toBe("ok");
    expect(
      outcome(
        { ...twice, rawHeaders: ["authorization", "a", "Authorization", "b", ...twice.rawHeaders] },
        getNames,
      ),
    ).toBe("repeated_authorization");
  });

  test("no value may pass for two lines", () => {
    expect(outcome(get({ target: "/a\nhost: evil.example" }), getNames)).toBe("malformed_request");
    expect(outcome(get({ target: "/a b" }), getNames)).toBe("malformed_request");
    expect(outcome(get({ target: "" }), getNames)).toBe("malformed_request");
    expect(outcome(get({ headers: { host: "a\r\nb" } }), getNames)).toBe("malformed_request");
    expect(outcome(get({ headers: { host: "\u0161" } }), getNames)).toBe("malformed_request");
  });
});

describe("the signed date", () => {
  const offsets: [string, number, RefusalReason | "ok"][] = [
    ["the same second", 0, "ok"],
    ["300 s behind", -300_000, "ok"],
    ["300 s ahead", 300_000, "ok"],
    ["300.001 s behind", -300_001, "clock_behind"],
    ["300.001 s ahead", 300_001, "clock_ahead"],
  ];
  test.each(offsets)("%s", (_name, offset, expected) => {
    expect(outcome(get({ now: new Date(now.getTime() - offset) }), getNames)).toBe(expected);
  });

  test("x-date counts when both are signed, and the signed one when one is", () => {
    const old = "Sat, 21 Nov 2026 20:30:45 GMT";
    expect(outcome(get({ headers: { date: old } }), [...getNames, "date"])).toBe("ok");
    expect(outcome(get({ headers: { date: old } }), [...without(getNames, "x-date"), "date"])).toBe(
      "clock_behind",
    );
    expect(
      outcome(get({ headers: { date, "x-date": old } }), [...without(getNames, "x-date"), "date"]),
    ).toBe("ok");
  });

  test.each([
    "",
    "Fri, 21 Nov 2026 21:30:45 GMT",
    "Sat, 21 Nov 2026 21:30:45",
    "Sat, 21 Nov 2026 21:30:45 UTC",
    "Sat, 21 Nov 2026 21:30:45 +0000",
    "sat, 21 nov 2026 21:30:45 gmt",
    "2026-11-21T21:30:45.000Z",
    "Saturday, 21-Nov-26 21:30:45 GMT",
    "Sat Nov 21 21:30:45 2026",
    "Sat, 31 Feb 2026 21:30:45 GMT",
    "Sat, 21 Nov 2026 24:30:45 GMT",
    "Sat, 21 Nov 2026 21:30:60 GMT",
    "1795296645",
  ])("%j is not an HTTP date", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
    expect(outcome(get({ headers: { "x-date": text } }), getNames)).toBe("date_malformed");
  });

  test("the owner reads how far the clock is off", () => {
    const result = checkRequest(get({ now: new Date(now.getTime() - 7 * 60_000) }), getNames);
    expect(result.ok ? "" : describeRefusal(result.reason, result.details)).toMatch(
      /^Your clock is 7 minutes ahead of this server\./,
    );
  });
});

describe("the body", () => {
  test.each([
    ["another digest", { "x-content-sha256": emptyBodySha256 }, "digest_mismatch"],
    [
      "a digest without padding",
      { "x-content-sha256": bodySha256.replace("=", "") },
      "digest_mismatch",
    ],
    ["an empty digest", { "x-content-sha256": "" }, "digest_mismatch"],
    ["a shorter length", { "content-length": "31" }, "length_mismatch"],
    ["a length in other words", { "content-length": "032" }, "length_mismatch"],
    ["a length with a sign", { "content-length": "+32" }, "length_mismatch"],
  ])("%s is refused", (_name, headers, reason) => {
    expect(outcome(post({ headers }), postNames)).toBe(reason);
  });

  test("an empty POST signs length 0 and the digest of nothing", () => {
    const headers = { "content-length": "0", "x-content-sha256": emptyBodySha256 };
    expect(
      outcome(post({ headers, bodyLength: 0, bodySha256Base64: emptyBodySha256 }), postNames),
    ).toBe("ok");
  });
});

describe("sentences for the owner", () => {
  test("every reason has its own, and each ends as a sentence", () => {
    const sentences = refusalReasons.map((reason) => describeRefusal(reason));
    expect(new Set(sentences).size).toBe(refusalReasons.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    [301, "5 minutes ahead"],
    [3_600, "60 minutes ahead"],
    [7_200, "2 hours ahead"],
    [86_400 * 3, "3 days ahead"],
  ])("%d seconds are %s", (skewSeconds, words) => {
    expect(describeRefusal("clock_ahead", { skewSeconds })).toContain(words);
    expect(describeRefusal("clock_behind", { skewSeconds: -skewSeconds })).toContain(
      words.replace("ahead", "behind"),
    );
  });
});
