import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { basic, type OauthClient, type OauthStage, post, startOauthStage } from "./stage.fixture";

let stage: OauthStage;
let client: OauthClient;
beforeAll(async () => {
  stage = await startOauthStage();
  client = await stage.client();
});
afterAll(() => stage?.stop());

const grant = { grant_type: "client_credentials" };
const scope = "https://reports.example.com-read";
const ask = (form: string | Record<string, string>, headers = basic(client)) =>
  post(stage, "/oauth2/token", form, headers);

describe("a request that is not as RFC 6749 wants it", () => {
  const good = "grant_type=client_credentials&scope=https%3A%2F%2Freports.example.com-read";
  const bodyAuth = () => `client_id=${client.id}&client_secret=${client.secret}`;
  const none = {} as { authorization: string };

  it.each<[string, () => ReturnType<typeof ask>, number, string]>([
    ["without a grant type", () => ask({ scope }), 400, "invalid_request"],
    ["with an empty grant type", () => ask("grant_type="), 400, "invalid_request"],
    [
      "for a password",
      () => ask({ grant_type: "password", username: "a", password: "b" }),
      400,
      "unsupported_grant_type",
    ],
    [
      "for a refresh",
      () => ask({ grant_type: "refresh_token", refresh_token: "x" }),
      400,
      "unsupported_grant_type",
    ],
    [
      "for a code",
      () => ask({ grant_type: "authorization_code", code: "x" }),
      400,
      "unsupported_grant_type",
    ],
    [
      "for a grant type in capitals",
      () => ask({ grant_type: "CLIENT_CREDENTIALS" }),
      400,
      "unsupported_grant_type",
    ],
    [
      "with the grant type twice",
      () => ask(`${good}&grant_type=client_credentials`),
      400,
      "invalid_request",
    ],
    ["with an unknown parameter twice", () => ask(`${good}&x=1&x=2`), 400, "invalid_request"],
    ["with a broken escape", () => ask(`${good}&x=%zz`), 400, "invalid_request"],
    ["with an escape that is not UTF-8", () => ask(`${good}&x=%ff`), 400, "invalid_request"],
    [
      "as JSON",
      () =>
        ask(JSON.stringify(grant), {
          ...basic(client),
          "content-type": "application/json",
        } as never),
      400,
      "invalid_request",
    ],
    [
      "as multipart",
      () => ask("x", { ...basic(client), "content-type": "multipart/form-data" } as never),
      400,
      "invalid_request",
    ],
    ["without anything", () => ask("", none), 401, "invalid_client"],
    ["without a client", () => ask(good, none), 401, "invalid_client"],
    [
      "with client_id alone",
      () => ask(`${good}&client_id=${client.id}`, none),
      401,
      "invalid_client",
    ],
    [
      "with client_secret alone",
      () => ask(`${good}&client_secret=${client.secret}`, none),
      401,
      "invalid_client",
    ],
    [
      "with an empty secret",
      () => ask(`${good}&client_id=${client.id}&client_secret=`, none),
      401,
      "invalid_client",
    ],
    ["authenticated twice", () => ask(`${good}&${bodyAuth()}`), 400, "invalid_request"],
    [
      "authenticated twice, the second time wrongly",
      () => ask(`${good}&client_secret=x`),
      400,
      "invalid_request",
    ],
    [
      "with another client_id in the body",
      () => ask(`${good}&client_id=another`),
      400,
      "invalid_request",
    ],
    [
      "with a bearer token",
      () => ask(good, { authorization: "Bearer abc" }),
      401,
      "invalid_client",
    ],
    ["with Basic and nothing", () => ask(good, { authorization: "Basic" }), 401, "invalid_client"],
    [
      "with Basic that is not base64",
      () => ask(good, { authorization: "Basic ***" }),
      401,
      "invalid_client",
    ],
    [
      "with Basic without a colon",
      () => ask(good, { authorization: `Basic ${btoa(client.id)}` }),
      401,
      "invalid_client",
    ],
    [
      "with Basic without a secret",
      () => ask(good, basic({ id: client.id, secret: "" })),
      401,
      "invalid_client",
    ],
    [
      "with a broken escape in Basic",
      () => ask(good, basic({ id: "%zz", secret: client.secret })),
      401,
      "invalid_client",
    ],
    [
      "with an assertion without its type",
      () => ask(`${good}&client_assertion=x`, none),
      400,
      "invalid_request",
    ],
    [
      "with an assertion type alone",
      () => ask(`${good}&client_assertion_type=x`, none),
      400,
      "invalid_request",
    ],
    [
      "with a wrong assertion type",
      () => ask(`${good}&client_assertion=x&client_assertion_type=saml`, none),
      400,
      "invalid_request",
    ],
    [
      "with the secret in the address",
      () => post(stage, `/oauth2/token?client_secret=${client.secret}`, good, basic(client)),
      400,
      "invalid_request",
    ],
    [
      "with a body beyond 64 KB",
      () => ask(`${good}&x=${"a".repeat(66_000)}`),
      413,
      "invalid_request",
    ],
  ])("%s is refused", async (_what, request, status, error) => {
    const answer = await request();
    expect({ status: answer.status, error: answer.body["error"] }).toEqual({ status, error });
    expect(Object.keys(answer.body)).toEqual(["error", "error_description"]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("pragma")).toBe("no-cache");
    expect(answer.headers.get("www-authenticate")).toBe(
      status === 401 ? 'Basic realm="latchkey"' : null,
    );
    expect(JSON.stringify(answer.body)).not.toContain(client.secret);
  });

  it.each<[string, () => ReturnType<typeof ask>]>([
    ["with an unknown parameter", () => ask(`${good}&nonce=1`)],
    ["with an empty parameter", () => ask(`${good}&nonce=`)],
    [
      "with a charset",
      () =>
        ask(good, {
          ...basic(client),
          "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
        } as never),
    ],
    ["with the same client_id in the body", () => ask(`${good}&client_id=${client.id}`)],
    ["with the secret in the body", () => ask(`${good}&${bodyAuth()}`, none)],
    [
      "with Basic in small letters",
      () => ask(good, { authorization: basic(client).authorization.replace("Basic", "basic") }),
    ],
    [
      "with identifier and secret form-encoded first",
      () =>
        ask(
          good,
          basic({ id: encodeURIComponent(client.id), secret: client.secret.replace("_", "%5F") }),
        ),
    ],
    [
      "with a query that holds no secret",
      () => post(stage, "/oauth2/token?trace=1", good, basic(client)),
    ],
    ["with a trailing slash", () => post(stage, "/oauth2/token/", good, basic(client))],
  ])("but %s is answered", async (_what, request) => {
    expect((await request()).status).toBe(200);
  });

  it("takes no other method", async () => {
    for (const path of ["/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"])
      for (const method of ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
        const response = await fetch(stage.endpoint + path, { method, headers: basic(client) });
        expect([response.status, response.headers.get("allow")], `${method} ${path}`).toEqual([
          405,
          "POST",
        ]);
      }
    const response = await fetch(`${stage.endpoint}/oauth2/jwks`, { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    expect((await fetch(`${stage.endpoint}/oauth2/nothing`)).status).toBe(404);
  });

  it("with two Authorization headers is refused", async () => {
    const { authorization } = basic(client);
    const head = [
      "POST /oauth2/token HTTP/1.1",
      "host: x",
      `authorization: ${authorization}`,
      `authorization: ${authorization}`,
      "content-type: application/x-www-form-urlencoded",
      `content-length: ${good.length}`,
      "connection: close",
    ];
    expect(await stage.raw(`${head.join("\r\n")}\r\n\r\n${good}`)).toMatch(
      /^HTTP\/1.1 400 [\s\S]*more than one Authorization header/,
    );
  });
});
