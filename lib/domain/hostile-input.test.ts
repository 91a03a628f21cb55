import fc from "fast-check";
import { expect, it } from "vitest";

import { canary, hostileText, mangled, runsOf } from "@/lib/testing/hostile";

import { isAppError } from "./errors";
import { clientProofOf } from "./oauth/client-authentication";
import { parseForm } from "./oauth/form";
import { OauthError } from "./oauth/oauth-error";
import { grantScope } from "./oauth/requested-scope";
import { parseAuthorization } from "./signing/authorization";
import { parseStrictJson } from "./strict-json";

/** G9: what reads a stranger's text first never throws what it does not say, never takes long, and repeats no secret. */
const numRuns = runsOf(65_000, 1_500_000);
const longest = 100;
const timeout = runsOf(60_000, 1_800_000);

/** One stall may be the machine's; the same text again is not. */
function expectSoon(run: () => void): void {
  const time = () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  };
  if (time() > longest) expect(Math.min(time(), time())).toBeLessThan(longest);
}

/** Words of a grammar, some of them many times over, put together at random. */
const scribble = (...words: string[]) => {
  const word = fc.constantFrom(canary, "\u0000", "é", "\ud800", ...words);
  return fc
    .tuple(fc.array(word, { maxLength: 12 }), word, fc.nat({ max: 2_000 }), fc.nat({ max: 19 }))
    .map(
      ([some, filler, count, isLong]) => some.join("") + (isLong === 0 ? filler.repeat(count) : ""),
    );
};

it("authz-header: reads a signature's header, or gives one of its reasons", { timeout }, () => {
  const words = ["Signature ", "keyId", "headers", "signature", "=", '="', '"', ",", " ", "a/b/c"];
  const good = `Signature version="1",keyId="t/u/aa:bb",algorithm="rsa-sha256",headers="date",signature="QUJDRA=="`;
  const text = fc.oneof(scribble(...words, "date (request-target)"), mangled(fc.constant(good)));
  fc.assert(
    fc.property(text, (header) =>
      expectSoon(() => {
        const read = parseAuthorization(header);
        if (!read.ok) expect(read.reason).toMatch(/^[a-z_]+$/);
      }),
    ),
    { seed: 20_160_918, numRuns },
  );
});

const scopes = [
  { audience: "https://reports.example.com", scope: "read" },
  { audience: "urn:mail", scope: "send" },
];

it(
  "basic: finds who posts a form and what they ask for, or refuses as RFC 6749 says",
  { timeout },
  () => {
    const names = [
      "client_id",
      "client_secret",
      "client_assertion",
      "client_assertion_type",
      "scope",
    ];
    const form = scribble(...names, "=", "&", "%", "+", "%zz", "%C3%A9", "urn:mail-send", "a");
    const pair = fc.oneof(scribble(":", "a", "%", "%3A"), hostileText);
    const header = fc.oneof(
      pair.map((text) => `Basic ${Buffer.from(text).toString("base64")}`),
      scribble("Basic ", "Bearer ", "YTpi", "=", " "),
    );
    const read = (headers: string[], body: string) => {
      const parsed = parseForm(body);
      clientProofOf(headers, parsed);
      grantScope(parsed.get("scope") ?? [], scopes, []);
    };
    fc.assert(
      fc.property(fc.array(header, { maxLength: 2 }), form, (headers, body) =>
        expectSoon(() => {
          try {
            read(headers, body);
          } catch (error) {
            if (!(error instanceof OauthError)) throw error;
            expect(error.status).toBeLessThan(500);
            expect(error.message).not.toContain(canary);
          }
        }),
      ),
      { seed: 20_160_918, numRuns },
    );
  },
);

it("json: reads a body, or says that it cannot and nothing of what was in it", { timeout }, () => {
  const words = [
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "\\",
    "\\u0061",
    '"a"',
    "1e9",
    "null",
    "-",
    " ",
  ];
  const good = '{"a":[1,{"b":"c"}],"d":null,"e":"\\u00e9"}';
  const text = fc.oneof(
    scribble(...words, '"__proto__"', "constructor"),
    mangled(fc.constant(good)),
    mangled(fc.json()),
  );
  fc.assert(
    fc.property(text, (body) =>
      expectSoon(() => {
        try {
          parseStrictJson(body);
        } catch (error) {
          if (!isAppError(error)) throw error;
          expect(error.code).toBe("invalid_input");
          expect(error.message).not.toContain(canary);
        }
      }),
    ),
    { seed: 20_160_918, numRuns },
  );
});
