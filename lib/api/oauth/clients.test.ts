import { randomUUID } from "node:crypto";

import { importPKCS8, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { mintSecret } from "@/lib/domain/secret-format";
import { random } from "@/lib/secrets/random";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { revokeCredential } from "@/lib/services/credentials/revoke-credential";
import { switchCredential } from "@/lib/services/credentials/switch-credential";
import { flushLastUses } from "@/lib/services/last-use";
import { updateCapabilities } from "@/lib/services/users/update-capabilities";

import { newKeyPair } from "../stage.fixture";
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
beforeAll(async () => {
  stage = await startOauthStage();
});
afterAll(() => stage?.stop());
beforeEach(async () => {
  client = await stage.client();
});

const kind = "oauth_client_credential";
const issuer = "http://localhost:3000";
const form = {
  grant_type: "client_credentials",
  scope: "https://reports.example.com-read",
};
const ask = (headers: Record<string, string> = {}, more: Record<string, string> = {}) =>
  post(stage, "/oauth2/token", { ...form, ...more }, headers);
const anotherSecret = () => mintSecret(kind, random);
const locator = ({ id, owner }: OauthClient) => ({
  ownerId: owner.userId,
  kind,
  credential: { id },
});

/** The owner's refusals, once they are written: that happens behind the answer. */
const refusals = (count: number) =>
  vi.waitFor(async () => {
    const rows = await stage.sql(
      "select reason, action, via, subject_id, address, details from audit_events where owner_id = $1 and outcome = 'refused' order by id",
      [client.owner.userId],
    );
    expect(rows).toHaveLength(count);
    return rows;
  });

describe("a client secret", () => {
  it.each<[string, string, () => Promise<unknown>]>([
    [
      "credential_disabled",
      "is disabled",
      () =>
        switchCredential(stage.host, { reason: "a test", ...locator(client), isEnabled: false }),
    ],
    [
      "credential_expired",
      "has expired",
      () => stage.sql("update credentials set expires_at = now() where id = $1", [client.id]),
    ],
    [
      "user_suspended",
      "is suspended",
      () => stage.sql("update users set state = 'suspended' where id = $1", [client.owner.userId]),
    ],
    [
      "capability_off",
      "capability is off",
      () =>
        updateCapabilities(stage.host, {
          reason: "a test",
          userId: client.owner.userId,
          capabilities: { canUseOAuth2ClientCredentials: false },
        }),
    ],
  ])("opens nothing from the next request on: %s", async (reason, sentence, close) => {
    expect((await ask(basic(client))).status).toBe(200);
    await close();
    const { status, body } = await ask(basic(client));
    expect(status).toBe(401);
    expect(body).toEqual({
      error: "invalid_client",
      error_description: "Client authentication failed.",
    });
    const [row] = await refusals(1);
    expect(row).toMatchObject({
      reason,
      action: "authenticateClient",
      via: "oauth",
      subject_id: client.id,
    });
    expect(JSON.stringify(row)).toContain(sentence);
    expect(JSON.stringify(row)).not.toContain(client.secret);
  });

  it.each([
    ["of another shape", { from: "another release" }],
    ["whose scopes are no list", { name: "x", description: "", scopes: 5 }],
    ["whose scopes are no pairs", { name: "x", description: "", scopes: ["read"] }],
    ["that are no object", []],
  ])(
    "of a credential with stored details %s opens nothing, its owner reads why, and operators do",
    async (_what, details) => {
      const token = await tokenFor(stage, client);
      await stage.sql("update credentials set details = $2 where id = $1", [
        client.id,
        JSON.stringify(details),
      ]);
      const logged = vi.spyOn(stage.runtime.log, "error");
      const sound = await stage.client();
      // At once, as one statement may look for both.
      const [broken, other] = await Promise.all([ask(basic(client)), ask(basic(sound))]);
      expect(broken).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(other.status).toBe(200);
      expect(logged).toHaveBeenCalledWith(
        expect.objectContaining({ credential: client.id }),
        "a stored credential is unreadable",
      );
      logged.mockRestore();
      expect(await refusals(1)).toMatchObject([{ reason: "credential_unreadable" }]);
      const introspected = await post(stage, "/oauth2/introspect", { token }, basic(sound));
      expect(introspected).toMatchObject({ status: 200, body: { active: false } });
    },
  );

  it("opens nothing once the credential or its owner is deleted", async () => {
    await revokeCredential(stage.host, { ...locator(client), reason: "a test" });
    expect((await ask(basic(client))).status).toBe(401);
    const other = await stage.client();
    await stage.sql("delete from users where id = $1", [other.owner.userId]);
    expect((await ask(basic(other))).status).toBe(401);
  });

  it("opens although its owner is blocked: that closes passwords alone", async () => {
    await stage.sql("update users set blocked_at = now() where id = $1", [client.owner.userId]);
    expect((await ask(basic(client))).status).toBe(200);
  });

  it("of another client, of another kind or of nobody is refused the same", async () => {
    const other = await stage.client();
    const answers = await Promise.all([
      ask(basic({ ...client, secret: other.secret })),
      ask(basic({ ...client, secret: anotherSecret() })),
      ask(basic({ ...client, secret: mintSecret("auth_token", random) })),
      ask(basic({ ...client, secret: "nonsense" })),
      ask(
        basic({
          id: client.id.replace(/.$/, (last) => (last === "a" ? "b" : "a")),
          secret: client.secret,
        }),
      ),
      ask(basic({ id: client.owner.userId, secret: client.secret })),
      ask(basic({ id: "' or 1=1 --", secret: client.secret })),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0]?.body);
    }
  });

  it("with any one character mistyped is refused without asking the database", async () => {
    await flushLastUses();
    const query = vi.spyOn(stage.runtime.pool, "query");
    for (let place = 0; place < client.secret.length; place += 1) {
      const wrong = client.secret.at(place) === "x" ? "y" : "x";
      const secret = client.secret.slice(0, place) + wrong + client.secret.slice(place + 1);
      expect((await ask(basic({ ...client, secret }))).status).toBe(401);
    }
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });

  it("opens beside its successor while it is retiring, and not a moment longer", async () => {
    const former = await stage.client([{ audience: "urn:former", scope: "x" }], client.owner);
    await stage.sql(
      "update credentials set replaced_by_id = $2, retiring_until = now() + interval '1 hour' where id = $1",
      [former.id, client.id],
    );
    const asSuccessor = { id: client.id, secret: former.secret };
    const { status, body } = await ask(basic(asSuccessor));
    expect(status).toBe(200);
    // The scopes are those of the credential that is named, whichever secret opens it.
    expect(body["scope"]).toBe(form.scope);
    expect((await ask(basic(client))).status).toBe(200);
    // It is a secret of its successor now, and no client beside it that could outlive a change of that one.
    expect((await ask(basic(former))).status).toBe(401);
    await switchCredential(stage.host, { reason: "a test", ...locator(client), isEnabled: false });
    expect((await ask(basic(asSuccessor))).status).toBe(401);
    await switchCredential(stage.host, { reason: "a test", ...locator(client), isEnabled: true });
    await stage.sql("update credentials set retiring_until = now() where id = $1", [former.id]);
    expect((await ask(basic(asSuccessor))).status).toBe(401);
    expect((await ask(basic(client))).status).toBe(200);
  });
});

describe("guessing", () => {
  it("is slowed down by client and source, and never locks the right secret out", async () => {
    const wrong = () => ask(basic({ ...client, secret: anotherSecret() }));
    const answers = [];
    for (let attempt = 0; attempt < 14; attempt += 1) answers.push(await wrong());
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array(10).fill(401),
      ...Array(4).fill(429),
    ]);
    const last = answers.at(-1);
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(last?.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(last?.body["error"]).toBe("invalid_client");
    // The same client and address, and the secret is right.
    expect((await ask(basic(client))).status).toBe(200);
    // Another client from the same address has a count of its own.
    const other = await stage.client();
    expect((await ask(basic({ ...other, secret: anotherSecret() }))).status).toBe(401);
    // One row a minute for the same cause, however many tries.
    await refusals(1);
  });

  it("at once gets no more than one after another", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask(basic({ ...client, secret: anotherSecret() }))),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });
});

describe("private_key_jwt", () => {
  let key: { publicKeyPem: string; privateKeyPem: string; fingerprint: string };
  const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  const seconds = () => Math.floor(Date.now() / 1000);
  const claims = (changes: JWTPayload = {}): JWTPayload => ({
    iss: client.id,
    sub: client.id,
    aud: issuer,
    jti: randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
    ...changes,
  });
  const sign = async (
    payload: JWTPayload,
    header: { alg?: string; kid?: string } = {},
    pem = key.privateKeyPem,
  ) => {
    const { alg = "RS256", kid = key.fingerprint } = header;
    return new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(await importPKCS8(pem, alg));
  };
  const askWith = (assertion: string, more: Record<string, string> = {}) =>
    ask({}, { client_assertion_type: type, client_assertion: assertion, ...more });

  beforeEach(async () => {
    const pair = newKeyPair();
    const { credential } = await issueCredential(stage.host, {
      reason: "a test",
      ownerId: client.owner.userId,
      kind: "api_key",
      values: { key: pair.publicKeyPem },
    });
    key = { ...pair, fingerprint: credential.publicId };
  });

  it.each<[string, () => Promise<string>]>([
    ["its issuer as audience", () => sign(claims())],
    ["the token endpoint as audience", () => sign(claims({ aud: `${issuer}/oauth2/token` }))],
    ["one audience in a list", () => sign(claims({ aud: [issuer] }))],
    ["PS256", () => sign(claims(), { alg: "PS256" })],
    [
      "the whole key id",
      () => sign(claims(), { kid: `${stage.tenancyId}/${client.owner.userId}/${key.fingerprint}` }),
    ],
    [
      "no key id",
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: "RS256" })
          .sign(await importPKCS8(key.privateKeyPem, "RS256")),
    ],
    ["ten minutes to live", () => sign(claims({ exp: seconds() + 595 }))],
  ])("is accepted with %s", async (_what, assertion) => {
    const text = await assertion();
    expect((await askWith(text)).status).toBe(200);
    // And never again, whatever else the request says.
    expect((await askWith(text)).status).toBe(401);
  });

  it("is accepted beside the client_id that it speaks of, and no other", async () => {
    expect((await askWith(await sign(claims()), { client_id: client.id })).status).toBe(200);
    expect(
      (await askWith(await sign(claims()), { client_id: (await stage.client()).id })).status,
    ).toBe(401);
  });

  it.each<[string, () => Promise<string>]>([
    ["nothing of a JWT", async () => "nonsense"],
    ["three dots", async () => "a.b.c"],
    ["a foreign key", () => sign(claims(), {}, newKeyPair().privateKeyPem)],
    ["an unknown key id", () => sign(claims(), { kid: "00:11" })],
    ["another issuer", () => sign(claims({ iss: "someone" }))],
    ["another subject", () => sign(claims({ sub: "someone" }))],
    ["another audience", () => sign(claims({ aud: "https://elsewhere.example.com" }))],
    [
      "ours among several audiences",
      () => sign(claims({ aud: [issuer, "https://elsewhere.example.com"] })),
    ],
    ["no expiry", () => sign(claims({ exp: undefined } as never))],
    ["an expiry in the past", () => sign(claims({ exp: seconds() - 1 }))],
    ["an expiry too far ahead", () => sign(claims({ exp: seconds() + 700 }))],
    ["no number of its own", () => sign(claims({ jti: undefined } as never))],
    ["a beginning in the future", () => sign(claims({ nbf: seconds() + 120 }))],
    ["an issue in the future", () => sign(claims({ iat: seconds() + 120 }))],
    ["RS512", () => sign(claims(), { alg: "RS512" })],
    [
      "the public key as a shared secret",
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", kid: key.fingerprint })
          .sign(Buffer.from(key.publicKeyPem)),
    ],
    [
      "no signature",
      async () => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
        return `${part({ alg: "none", kid: key.fingerprint })}.${part(claims())}.`;
      },
    ],
  ])("is refused with %s", async (_what, assertion) => {
    const { status, body } = await askWith(await assertion());
    expect({ status, body }).toEqual({
      status: 401,
      body: { error: "invalid_client", error_description: "Client authentication failed." },
    });
  });

  it("is refused once the key, or the owner's API keys altogether, are switched off", async () => {
    const own = {
      ownerId: client.owner.userId,
      kind: "api_key",
      credential: { publicId: key.fingerprint },
    };
    await switchCredential(stage.host, { reason: "a test", ...own, isEnabled: false });
    expect((await askWith(await sign(claims()))).status).toBe(401);
    await switchCredential(stage.host, { reason: "a test", ...own, isEnabled: true });
    expect((await askWith(await sign(claims()))).status).toBe(200);
    await updateCapabilities(stage.host, {
      reason: "a test",
      userId: client.owner.userId,
      capabilities: { canUseApiKeys: false },
    });
    expect((await askWith(await sign(claims()))).status).toBe(401);
  });

  it("is refused with a key whose stored details cannot be read, and accepted with another", async () => {
    await stage.sql(
      "update credentials set details = '{}' where owner_id = $1 and public_id = $2",
      [client.owner.userId, key.fingerprint],
    );
    const withoutKeyId = async (pem: string) =>
      new SignJWT(claims())
        .setProtectedHeader({ alg: "RS256" })
        .sign(await importPKCS8(pem, "RS256"));
    expect((await askWith(await withoutKeyId(key.privateKeyPem))).status).toBe(401);
    const pair = newKeyPair();
    await issueCredential(stage.host, {
      reason: "a test",
      ownerId: client.owner.userId,
      kind: "api_key",
      values: { key: pair.publicKeyPem },
    });
    expect((await askWith(await withoutKeyId(pair.privateKeyPem))).status).toBe(200);
  });

  it("opens one of many requests with the same assertion at once", async () => {
    const text = await sign(claims());
    const answers = await Promise.all(Array.from({ length: 16 }, () => askWith(text)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
