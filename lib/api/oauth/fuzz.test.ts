import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { canary, hostileText, mangled, runsOf } from "@/lib/testing/hostile";

import {
  basic,
  type OauthClient,
  type OauthStage,
  startOauthStage,
  tokenFor,
} from "./stage.fixture";

/** G9: whatever is posted to the token service, it answers soon, in the form of RFC 6749 5.2, and repeats no secret. */
let stage: OauthStage;
let client: OauthClient;
let token: string;
beforeAll(async () => {
  stage = await startOauthStage();
  client = await stage.client();
  token = await tokenFor(stage, client);
});
afterAll(() => stage?.stop());

/** What stands for a value that only the running stage knows. */
const places = ["{id}", "{secret}", "{token}"] as const;
const filledIn = (text: string) =>
  text
    .replaceAll("{id}", client.id)
    .replaceAll("{secret}", client.secret)
    .replaceAll("{token}", token);

const name = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      "grant_type",
      "scope",
      "client_id",
      "client_secret",
      "client_assertion",
      "client_assertion_type",
      "token",
      "token_type_hint",
      "resource",
    ),
  },
  hostileText,
);
const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...places,
      "client_credentials",
      "https://reports.example.com-read",
      "https://mail.example.com-send",
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    ),
  },
  hostileText,
);

/** A lone surrogate has no encoding; what is sent in its place has. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());
const form = fc
  .array(fc.tuple(name, value), { maxLength: 7 })
  .map((pairs) =>
    pairs.map(([key, given]) => `${encoded(key)}=${placed(given) ?? encoded(given)}`).join("&"),
  );
const placed = (given: string) => places.find((place) => place === given);
const good = fc.constantFrom(
  "grant_type=client_credentials&scope=https%3A%2F%2Freports.example.com-read",
  "grant_type=client_credentials&client_id={id}&client_secret={secret}",
  "token={token}",
);
const body = fc.oneof(
  { weight: 2, arbitrary: form },
  mangled(form),
  good,
  mangled(good),
  hostileText,
);

const base64 = (text: string) => Buffer.from(text).toString("base64");
const authorization = fc.oneof(
  fc.constant(undefined),
  { weight: 3, arbitrary: fc.constant("right") },
  fc.tuple(hostileText, hostileText).map((pair) => `Basic ${base64(pair.join(":"))}`),
  fc.string({ maxLength: 80 }).map((text) => `Basic ${text}`),
  fc.string({ maxLength: 80 }),
  fc.constantFrom(`Bearer ${canary}`, `Basic ${"A".repeat(6_000)}`, "Basic ====", "Basic"),
);
const type = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/x-www-form-urlencoded") },
  fc.constantFrom(
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "*/*",
  ),
);
const path = fc.constantFrom("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke");

const errors = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_scope",
  "unsupported_grant_type",
]);
/** What the token service may say (RFC 6749 5.2), 429 for a client that fails all day. */
const refusals = new Set([400, 401, 413, 429]);

it("answers anything in its documented form, soon, without a secret", async () => {
  const numRuns = runsOf(3_000, 100_000);
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(path, type, authorization, body, async (target, contentType, proof, text) => {
      const authorizationHeader = proof === "right" ? basic(client).authorization : proof;
      const response = await fetch(stage.endpoint + target, {
        method: "POST",
        headers: {
          "content-type": contentType,
          ...(authorizationHeader === undefined
            ? {}
            : { authorization: authorizationHeader.replaceAll(/[^\x20-\x7e]/g, "~") }),
        },
        body: filledIn(text),
        signal: AbortSignal.timeout(5_000),
      });
      const answer = await response.text();
      seen.set(`${response.status}`, (seen.get(`${response.status}`) ?? 0) + 1);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(answer).not.toContain(client.secret);
      expect(answer).not.toContain(canary);
      if (response.status === 200) return;
      expect(refusals).toContain(response.status);
      const problem: Record<string, unknown> = JSON.parse(answer);
      expect(Object.keys(problem)).toEqual(["error", "error_description"]);
      expect(errors).toContain(problem["error"]);
      expect(problem["error_description"]).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]{10,}$/);
    }),
    { seed: 20_160_918, numRuns },
  );
  // It would prove little if nothing ever got past the first check.
  expect(seen.get("200")).toBeGreaterThan(numRuns / 50);
  expect(seen.get("400")).toBeGreaterThan(numRuns / 10);
  expect(seen.get("401")).toBeGreaterThan(0);
});

it("still gives the rightful client its token after all that", async () => {
  await expect(tokenFor(stage, client)).resolves.toMatch(/^ey/);
});
