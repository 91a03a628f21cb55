import { createServer } from "node:net";

import { importPKCS8, jwtVerify, createRemoteJWKSet } from "jose";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { issueCredential } from "@/lib/services/credentials/issue-credential";

import { newKeyPair } from "../stage.fixture";
import { mail, type OauthClient, type OauthStage, reports, startOauthStage } from "./stage.fixture";

/** Two certified clients, as they are: they discover the service and use all of it. */
let stage: OauthStage;
let issuer: URL;
let own: OauthClient;
let key: { pem: string; kid: string };
beforeAll(async () => {
  issuer = new URL(`http://127.0.0.1:${await freePort()}`);
  stage = await startOauthStage({ LATCHKEY_URL: issuer.origin });
  own = await stage.client();
  const pair = newKeyPair();
  const { credential } = await issueCredential(stage.host, {
    reason: "a test",
    ownerId: own.owner.userId,
    kind: "api_key",
    values: { key: pair.publicKeyPem },
  });
  key = { pem: pair.privateKeyPem, kid: credential.publicId };
});
afterAll(() => stage?.stop());

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const scope = `${reports.audience}-${reports.scope}`;
const privateKey = async (alg = "RS256") => ({
  key: await importPKCS8(key.pem, alg),
  kid: key.kid,
});
const methods = ["client_secret_basic", "client_secret_post", "private_key_jwt"] as const;
type Method = (typeof methods)[number];

describe.each(["oidc", "oauth2"] as const)("openid-client, discovering by %s", (algorithm) => {
  const discover = async (method: Method) => {
    const authentications = {
      client_secret_basic: () => client.ClientSecretBasic(own.secret),
      client_secret_post: () => client.ClientSecretPost(own.secret),
      private_key_jwt: async () => client.PrivateKeyJwt(await privateKey()),
    };
    return client.discovery(issuer, own.id, undefined, await authentications[method](), {
      algorithm,
      execute: [client.allowInsecureRequests],
    });
  };

  it.each(methods)("gets, introspects and revokes a token with %s", async (method) => {
    const config = await discover(method);
    const tokens = await client.clientCredentialsGrant(config, { scope });
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600, scope });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.expiresIn()).toBeGreaterThan(3590);
    const active = await client.tokenIntrospection(config, tokens.access_token);
    expect(active).toMatchObject({ active: true, client_id: own.id, aud: reports.audience });
    await client.tokenRevocation(config, tokens.access_token);
    expect(await client.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
  });

  it("understands every refusal", async () => {
    const config = await discover("client_secret_basic");
    const two = `${scope} ${mail.audience}-${mail.scope}`;
    await expect(client.clientCredentialsGrant(config, { scope: two })).rejects.toMatchObject({
      error: "invalid_scope",
      error_description: expect.stringContaining("one audience"),
      status: 400,
    });
    const wrong = await client.discovery(
      issuer,
      own.id,
      undefined,
      client.ClientSecretBasic("wrong"),
      {
        algorithm,
        execute: [client.allowInsecureRequests],
      },
    );
    await expect(client.clientCredentialsGrant(wrong, { scope })).rejects.toMatchObject({
      code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
      status: 401,
    });
    await expect(client.genericGrantRequest(config, "password", {})).rejects.toMatchObject({
      error: "unsupported_grant_type",
    });
  });
});

describe("oauth4webapi", () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const self = () => ({ client_id: own.id });
  const discover = async () =>
    oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure }),
    );
  const authentication = async (method: Method): Promise<oauth.ClientAuth> =>
    method === "private_key_jwt"
      ? oauth.PrivateKeyJwt(await privateKey())
      : method === "client_secret_basic"
        ? oauth.ClientSecretBasic(own.secret)
        : oauth.ClientSecretPost(own.secret);

  it.each(methods)("gets, introspects and revokes a token with %s", async (method) => {
    const server = await discover();
    const auth = await authentication(method);
    const granted = await oauth.processClientCredentialsResponse(
      server,
      self(),
      await oauth.clientCredentialsGrantRequest(
        server,
        self(),
        auth,
        new URLSearchParams({ scope }),
        insecure,
      ),
    );
    expect(granted).toMatchObject({ token_type: "bearer", expires_in: 3600 });
    const introspect = async () =>
      oauth.processIntrospectionResponse(
        server,
        self(),
        await oauth.introspectionRequest(server, self(), auth, granted.access_token, insecure),
      );
    expect(await introspect()).toMatchObject({ active: true, scope: "read" });
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, self(), auth, granted.access_token, insecure),
    );
    expect(await introspect()).toEqual({ active: false });
  });

  it("accepts the access token as a resource server that knows nothing but the metadata", async () => {
    const server = await discover();
    const auth = await authentication("client_secret_basic");
    const { access_token: token } = await oauth.processClientCredentialsResponse(
      server,
      self(),
      await oauth.clientCredentialsGrantRequest(
        server,
        self(),
        auth,
        new URLSearchParams({ scope }),
        insecure,
      ),
    );
    const request = (value: string) =>
      new Request("http://reports.example.com/", { headers: { authorization: `Bearer ${value}` } });
    const claims = await oauth.validateJwtAccessToken(
      server,
      request(token),
      reports.audience,
      insecure,
    );
    expect(claims).toMatchObject({
      client_id: own.id,
      sub: own.id,
      scope: "read",
      iss: server.issuer,
    });
    await expect(
      oauth.validateJwtAccessToken(server, request(token), mail.audience, insecure),
    ).rejects.toMatchObject({ message: expect.stringContaining("aud") });
    const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ""));
    const checked = await jwtVerify(token, keys, { issuer: server.issuer, typ: "at+jwt" });
    expect(checked.payload.aud).toBe(reports.audience);
  });
});
