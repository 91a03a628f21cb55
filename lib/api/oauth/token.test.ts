import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
} from "jose";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { durations } from "@/lib/domain/durations";
import { flushLastUses } from "@/lib/services/last-use";

import {
  basic,
  mail,
  type OauthClient,
  type OauthStage,
  post,
  reports,
  reportsWrite,
  startOauthStage,
  tokenFor,
} from "./stage.fixture";

let stage: OauthStage;
let client: OauthClient;
beforeAll(async () => {
  stage = await startOauthStage();
  client = await stage.client();
});
afterAll(() => stage?.stop());

const issuer = "http://localhost:3000";
const grant = { grant_type: "client_credentials" };
const scope = "https://reports.example.com-read";
const ask = (form: string | Record<string, string>, headers = basic(client)) =>
  post(stage, "/oauth2/token", form, headers);

describe("an access token", () => {
  it("is a JWT as RFC 9068 wants it, signed with a published key", async () => {
    const { status, headers, body } = await ask({ ...grant, scope });
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("pragma")).toBe("no-cache");
    expect(headers.get("content-type")).toBe("application/json");
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 3600,
      scope,
    });
    const keys: JSONWebKeySet = await (await fetch(`${stage.endpoint}/oauth2/jwks`)).json();
    const token = String(body["access_token"]);
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer,
      audience: reports.audience,
      typ: "at+jwt",
      algorithms: ["RS256"],
    });
    expect(protectedHeader).toEqual({ alg: "RS256", typ: "at+jwt", kid: keys.keys[0]?.kid });
    expect(payload).toEqual({
      iss: issuer,
      sub: client.id,
      client_id: client.id,
      aud: reports.audience,
      scope: "read",
      jti: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 3600,
    });
    // Nobody can mistake a client for a person (security.md R50).
    expect(payload.sub).toMatch(/^ocid1\.credential\./);
  });

  it("is another one each time", async () => {
    const tokens = await Promise.all(Array.from({ length: 8 }, () => tokenFor(stage, client)));
    expect(new Set(tokens.map((token) => decodeJwt(token).jti)).size).toBe(8);
  });

  it("does not outlive its credential", async () => {
    const brief = await stage.client();
    await stage.sql("update credentials set expires_at = now() + interval '90 s' where id = $1", [
      brief.id,
    ]);
    const { body } = await ask({ ...grant, scope }, basic(brief));
    expect(body["expires_in"]).toBeLessThanOrEqual(90);
    const { iat = 0, exp } = decodeJwt(String(body["access_token"]));
    expect(exp).toBe(iat + Number(body["expires_in"]));
  });

  it("holds no secret, and its log neither", async () => {
    const token = await tokenFor(stage, client);
    expect(JSON.stringify([decodeJwt(token), decodeProtectedHeader(token)])).not.toContain("lkoc_");
    expect(stage.logged.join("\n")).not.toContain(client.secret);
  });

  it("takes one statement", async () => {
    await tokenFor(stage, client);
    await flushLastUses();
    const sent = vi.spyOn(Client.prototype, "query");
    await tokenFor(stage, client);
    const statements = sent.mock.calls.map(([query]) => query);
    sent.mockRestore();
    const name = "find_oauth_clients";
    expect(statements).toEqual([
      expect.objectContaining({ statement: expect.objectContaining({ name }) }),
    ]);
  });

  it("tells the owner when the credential was last used", async () => {
    const fresh = await stage.client();
    await tokenFor(stage, fresh);
    await flushLastUses();
    const [row] = await stage.sql(
      "select last_used_at, last_used_address from credentials where id = $1",
      [fresh.id],
    );
    expect(row).toEqual({ last_used_at: expect.any(Date), last_used_address: "127.0.0.1" });
  });
});

describe("scope", () => {
  const encoded = (words: string[]) =>
    words.map((word) => `scope=${encodeURIComponent(word)}`).join("&");
  const form = (words: string[]) => `grant_type=client_credentials&${encoded(words)}`;
  const readWord = "https://reports.example.com-read";
  const writeWord = "https://reports.example.com-write";
  const mailWord = "https://mail.example.com-send";

  it.each([
    ["one", [readWord], "read", reports.audience],
    ["repeated", [readWord, writeWord], "read write", reports.audience],
    ["space-separated", [`${readWord} ${writeWord}`], "read write", reports.audience],
    [
      "both, with doubles and spare spaces",
      [` ${readWord}  ${writeWord}`, readWord],
      "read write",
      reports.audience,
    ],
    ["in the other order", [`${mail.scope}-${mail.audience}`], "send", mail.audience],
    ["in either order", [`read-${reports.audience} ${writeWord}`], "read write", reports.audience],
  ])("%s is understood", async (_how, words, wanted, audience) => {
    const { status, body } = await ask(form(words));
    expect(status).toBe(200);
    expect(decodeJwt(String(body["access_token"]))).toMatchObject({ scope: wanted, aud: audience });
    expect(body["scope"]).toBe(
      wanted
        .split(" ")
        .map((one) => `${audience}-${one}`)
        .join(" "),
    );
  });

  it.each([
    [
      "of two audiences",
      [readWord, mailWord],
      /one audience.*belong to 2: https:\/\/reports.example.com https:\/\/mail.example.com/,
    ],
    [
      "that the credential does not have",
      [`${reports.audience}-admin`],
      /does not have https:\/\/reports.example.com-admin/,
    ],
    ["without its audience", ["read"], /does not have read/],
    ["with a quote", [`${readWord}" or`], /does not have one of the scopes/],
    ["with a tab", [`${readWord}\t${writeWord}`], /does not have one of the scopes/],
    ["in part unknown", [`${readWord} nonsense`], /does not have nonsense/],
    ["none, of a credential with two audiences", [], /one audience/],
    ["nothing but spaces", ["   "], /one audience/],
  ])("%s is invalid", async (_what, words, sentence) => {
    const { status, body } = await ask(form(words));
    expect({ status, error: body["error"] }).toEqual({ status: 400, error: "invalid_scope" });
    expect(body["error_description"]).toMatch(sentence);
    expect(body["error_description"]).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  it("left out means all of a credential with one audience", async () => {
    const single = await stage.client([reports, reportsWrite]);
    const { status, body } = await ask(grant, basic(single));
    expect(status).toBe(200);
    expect(decodeJwt(String(body["access_token"])).scope).toBe("read write");
  });

  it("that reads either way is refused, unless one reading is in order", async () => {
    const twoWays = await stage.client([
      { audience: "urn:a", scope: "x-urn:b" },
      { audience: "urn:b", scope: "y" },
      { audience: "urn:b", scope: "urn:a-x" },
    ]);
    // "urn:a-x-urn:b" is the first in order, and the third the other way round.
    const inOrder = await ask({ ...grant, scope: "urn:a-x-urn:b" }, basic(twoWays));
    expect(decodeJwt(String(inOrder.body["access_token"])).aud).toBe("urn:a");
    const mirrored = await stage.client([
      { audience: "urn:p", scope: "q-urn:r" },
      { audience: "urn:r-urn:p", scope: "q" },
    ]);
    const reversed = await ask({ ...grant, scope: "q-urn:r-urn:p" }, basic(mirrored));
    expect(reversed.body).toMatchObject({
      error: "invalid_scope",
      error_description: expect.stringContaining("can mean several"),
    });
  });

  it("is withheld as soon as the owner's group loses it, and given again with it", async () => {
    const { owner, tenancyId } = { owner: client.owner, tenancyId: stage.tenancyId };
    const audience = "https://granted.example.com";
    await stage.sql(
      `insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
       values ('granted', $1, 'Granted', 'granted', $2, '{read}')`,
      [tenancyId, audience],
    );
    await stage.sql(
      "insert into groups (id, tenancy_id, name, name_key) values ('g1', $1, 'g1', 'g1')",
      [tenancyId],
    );
    const join = () =>
      stage.sql("insert into memberships (id, user_id, group_id) values ('m1', $1, 'g1')", [
        owner.userId,
      ]);
    await join();
    await stage.sql(
      "insert into oauth_grants (resource_id, scope, group_id) values ('granted', 'read', 'g1')",
    );
    const granted = await stage.client([{ audience, scope: "read" }, reports], owner);
    const wanted = { ...grant, scope: `${audience}-read` };
    expect((await ask(wanted, basic(granted))).status).toBe(200);
    await stage.sql("delete from memberships where id = 'm1'");
    expect((await ask(wanted, basic(granted))).body).toEqual({
      error: "invalid_scope",
      error_description: `The owner of this credential may not have ${audience}-read any more.`,
    });
    // What is left is of one audience, and is what a request without a scope means.
    expect((await ask(grant, basic(granted))).body["scope"]).toBe(`${reports.audience}-read`);
    await join();
    expect((await ask(wanted, basic(granted))).status).toBe(200);
  });
});

describe("documents", () => {
  const get = async (path: string) => {
    const response = await fetch(stage.endpoint + path);
    return { headers: response.headers, body: await response.json() };
  };

  it("describe the service the same at both addresses", async () => {
    const { headers, body } = await get("/.well-known/oauth-authorization-server");
    expect(body).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/oauth2/token`,
      jwks_uri: `${issuer}/oauth2/jwks`,
      grant_types_supported: ["client_credentials"],
      token_endpoint_auth_methods_supported: [
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
      ],
    });
    expect((await get("/.well-known/openid-configuration")).body).toEqual(body);
    expect(headers.get("content-type")).toBe("application/json");
  });

  it("may be kept for less than a key's notice, and show no private half", async () => {
    const { headers, body } = await get("/oauth2/jwks");
    const [, seconds = ""] =
      /^public, max-age=(\d+)$/.exec(headers.get("cache-control") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThan(durations.keyNotice);
    for (const key of body.keys) {
      expect(Object.keys(key).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(key).toMatchObject({ alg: "RS256", use: "sig", kty: "RSA" });
    }
  });
});
