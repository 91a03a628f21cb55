import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { transaction } from "@/lib/data/db";
import { changePolicies, deletePolicy, insertPolicy } from "@/lib/data/policies";
import { revokeCredential } from "@/lib/services/credentials/revoke-credential";
import { switchCredential } from "@/lib/services/credentials/switch-credential";
import { updateCapabilities } from "@/lib/services/users/update-capabilities";

import {
  basic,
  type OauthClient,
  type OauthStage,
  post,
  startOauthStage,
  tokenFor,
} from "./stage.fixture";

let stage: OauthStage;
let client: OauthClient;
let verifier: OauthClient;
let token: string;
beforeAll(async () => {
  stage = await startOauthStage();
  verifier = await stage.client([{ audience: "urn:verifier", scope: "x" }], stage.host);
});
afterAll(() => stage?.stop());
beforeEach(async () => {
  client = await stage.client();
  token = await tokenFor(stage, client);
});

const introspect = (text: string, by: OauthClient = client) =>
  post(stage, "/oauth2/introspect", { token: text }, basic(by));
const revoke = (text: string, by: OauthClient = client) =>
  post(stage, "/oauth2/revoke", { token: text }, basic(by));
const inactive = { active: false };
const locator = () => ({
  ownerId: client.owner.userId,
  kind: "oauth_client_credential",
  credential: { id: client.id },
});

describe("introspection", () => {
  it("tells a client about its own token", async () => {
    const { status, headers, body } = await introspect(token);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("pragma")).toBe("no-cache");
    expect(body).toEqual({ active: true, token_type: "Bearer", ...decodeJwt(token) });
  });

  it("takes the policy that lets services verify, and ends with it", async () => {
    const service = await stage.client();
    const person = service.owner.userId;
    await stage.sql(
      "insert into groups (id, tenancy_id, name, name_key) values ('services', $1, 'Services', 'services')",
      [stage.tenancyId],
    );
    await stage.sql(
      "insert into memberships (id, user_id, group_id) values ('in', $1, 'services')",
      [person],
    );
    expect((await introspect(token, service)).body).toEqual(inactive);
    await transaction(async (tx) => {
      await changePolicies(tx, stage.tenancyId);
      await insertPolicy(tx, {
        id: "verifiers",
        tenancyId: stage.tenancyId,
        name: "verifiers",
        description: "",
        versionDate: null,
        statements: ["Allow group Services to use credential-verification in tenancy"],
        freeformTags: {},
        definedTags: {},
      });
    });
    expect((await introspect(token, service)).body).toMatchObject({ active: true });
    await transaction(async (tx) => {
      await changePolicies(tx, stage.tenancyId);
      await deletePolicy(tx, "verifiers");
    });
    expect((await introspect(token, service)).body).toEqual(inactive);
  });

  it("tells a verifier about anybody's, and a stranger about nobody's", async () => {
    expect((await introspect(token, verifier)).body).toMatchObject({
      active: true,
      sub: client.id,
    });
    expect((await introspect(token, await stage.client())).body).toEqual(inactive);
    // Not even another credential of the same owner: it may be in other hands.
    expect((await introspect(token, await stage.client(undefined, client.owner))).body).toEqual(
      inactive,
    );
  });

  it.each<[string, () => string]>([
    ["nonsense", () => "nonsense"],
    ["a JWT cut short", () => token.slice(0, -1)],
    ["a signature of another token", () => token.replace(/\.[^.]+$/, `.${"A".repeat(342)}`)],
    [
      "claims that were changed",
      () => withPart(1, (claims) => ({ ...claims, scope: "read write" })),
    ],
    [
      "an algorithm of none",
      () => withPart(0, (header) => ({ ...header, alg: "none" })).replace(/\.[^.]+$/, "."),
    ],
    [
      "an algorithm that is not the key's",
      () => withPart(0, (header) => ({ ...header, alg: "PS256" })),
    ],
    ["an unknown key", () => withPart(0, (header) => ({ ...header, kid: "another" }))],
    ["another type", () => withPart(0, (header) => ({ ...header, typ: "JWT" }))],
    ["a secret", () => client.secret],
  ])("says of %s that it is inactive and nothing else", async (_what, text) => {
    expect((await introspect(text())).body).toEqual(inactive);
  });

  const withPart = (index: 0 | 1, change: (part: object) => object): string => {
    const parts = token.split(".");
    const part = index === 0 ? decodeProtectedHeader(token) : decodeJwt(token);
    parts[index] = Buffer.from(JSON.stringify(change(part))).toString("base64url");
    return parts.join(".");
  };

  it.each<[string, () => Promise<unknown>]>([
    [
      "the credential is deleted",
      () => revokeCredential(stage.host, { ...locator(), reason: "a test" }),
    ],
    [
      "the credential is disabled",
      () => switchCredential(stage.host, { reason: "a test", ...locator(), isEnabled: false }),
    ],
    [
      "the credential expires",
      () => stage.sql("update credentials set expires_at = now() where id = $1", [client.id]),
    ],
    [
      "the owner is suspended",
      () => stage.sql("update users set state = 'suspended' where id = $1", [client.owner.userId]),
    ],
    [
      "the owner is deleted",
      () => stage.sql("delete from users where id = $1", [client.owner.userId]),
    ],
    [
      "the owner's capability is off",
      () =>
        updateCapabilities(stage.host, {
          reason: "a test",
          userId: client.owner.userId,
          capabilities: { canUseOAuth2ClientCredentials: false },
        }),
    ],
    [
      "the credential loses the scope",
      () =>
        stage.sql(
          "update credentials set details = jsonb_set(details, '{scopes}', $2) where id = $1",
          [client.id, JSON.stringify([{ audience: "urn:other", scope: "read" }])],
        ),
    ],
    [
      "somebody registers the audience and grants it to others",
      () =>
        stage.sql(
          `insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
           values ('r', $1, 'r', 'r', 'https://reports.example.com', '{read}')`,
          [stage.tenancyId],
        ),
    ],
  ])("is right at once when %s", async (_what, close) => {
    expect((await introspect(token, verifier)).body).toMatchObject({ active: true });
    await close();
    expect((await introspect(token, verifier)).body).toEqual(inactive);
    await stage.sql("delete from oauth_resources");
  });

  it("goes on when the secret is made anew: the token was got by the right client", async () => {
    await stage.sql("update credentials set verifier = 'another' where id = $1", [client.id]);
    expect((await introspect(token, verifier)).body).toMatchObject({ active: true });
  });

  it("answers nobody who does not prove to be a client", async () => {
    const answer = await post(stage, "/oauth2/introspect", { token });
    expect([answer.status, answer.body["error"]]).toEqual([401, "invalid_client"]);
    const bearer = { authorization: `Bearer ${token}` };
    expect((await post(stage, "/oauth2/introspect", { token }, bearer)).status).toBe(401);
    const missing = await post(stage, "/oauth2/introspect", {}, basic(client));
    expect([missing.status, missing.body["error"]]).toEqual([400, "invalid_request"]);
    const inAddress = await post(
      stage,
      `/oauth2/introspect?token=${token}`,
      { token },
      basic(client),
    );
    expect(inAddress.status).toBe(400);
  });

  it("pays no attention to the hint", async () => {
    const form = { token, token_type_hint: "refresh_token" };
    expect((await post(stage, "/oauth2/introspect", form, basic(client))).body["active"]).toBe(
      true,
    );
  });
});

describe("revocation", () => {
  it("ends a token at once, once, and tells the owner", async () => {
    const other = await tokenFor(stage, client);
    for (let time = 0; time < 2; time += 1) {
      const { status, headers, body } = await revoke(token);
      expect([status, body, headers.get("cache-control")]).toEqual([200, {}, "no-store"]);
    }
    expect((await introspect(token)).body).toEqual(inactive);
    expect((await introspect(other)).body).toMatchObject({ active: true });
    const rows = await stage.sql(
      "select subject_id, details from audit_events where action = 'revokeToken' and owner_id = $1",
      [client.owner.userId],
    );
    expect(rows).toEqual([
      {
        subject_id: client.id,
        details: expect.objectContaining({ tokenId: decodeJwt(token).jti }),
      },
    ]);
  });

  it("leaves a foreign token as it was, and does not say so", async () => {
    const stranger = await stage.client();
    for (const by of [stranger, verifier]) {
      const { status, body } = await revoke(token, by);
      expect([status, body]).toEqual([200, {}]);
    }
    expect((await introspect(token)).body).toMatchObject({ active: true });
  });

  it("answers the same to what is no token, and refuses what is no request", async () => {
    for (const text of ["nonsense", client.secret, token.slice(1)])
      expect((await revoke(text)).status).toBe(200);
    expect((await post(stage, "/oauth2/revoke", {}, basic(client))).body["error"]).toBe(
      "invalid_request",
    );
    expect((await post(stage, "/oauth2/revoke", { token })).status).toBe(401);
    const hinted = { token, token_type_hint: "nothing-known" };
    expect((await post(stage, "/oauth2/revoke", hinted, basic(client))).status).toBe(200);
    expect((await introspect(token)).body).toEqual(inactive);
  });
});
