import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";

import { decodeJwt, decodeProtectedHeader, exportJWK } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type ResourceServer, startResourceServer } from "../example-resource-server/server";
import { type House, startHouse } from "../support/house";
import { ask, member } from "../support/people";

/** What a service that knows only metadata and key set lets in, and what not. */
const audience = "https://reports.example.com";
let house: House;
let service: ResourceServer;
let client: { id: string; secret: string };
const clock = { ahead: 0 };

beforeAll(async () => {
  house = await startHouse();
  service = await startResourceServer({
    issuer: house.server.url,
    audience,
    scopes: { "GET /reports": "read", "POST /reports": "write" },
    now: () => new Date(Date.now() + clock.ahead),
  });
  const path = `/users/${house.admin.id}/oauth2ClientCredentials`;
  const scopes = [
    { audience, scope: "read" },
    { audience, scope: "write" },
    { audience: "https://mail.example.com", scope: "read" },
  ];
  const body = { name: "reports", description: "reads reports", scopes };
  const made = await ask(house.server.url, house.admin.signer, { method: "POST", path, body });
  client = { id: member(made, "id"), secret: member(made, "password") };
});
afterAll(async () => {
  await service?.stop();
  await house?.stop();
});
beforeEach(() => {
  clock.ahead = 0;
});

async function tokenFor(...scopes: string[]): Promise<string> {
  const response = await fetch(`${house.server.url}/oauth2/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: scopes.join(" ") }),
  });
  const answer: { access_token?: string } = await response.json();
  if (answer.access_token === undefined) throw new Error(JSON.stringify(answer));
  return answer.access_token;
}

const read = `${audience}-read`;

/** Status and challenge. */
async function present(
  token: string | undefined,
  method = "GET",
): Promise<[number, string | null]> {
  const response = await fetch(`${service.url}/reports`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return [response.status, response.headers.get("www-authenticate")];
}

const opened = [200, null];
const invalid = [401, 'Bearer realm="reports", error="invalid_token"'];

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const signed = (header: object, claims: object, key: KeyObject) => {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
};

describe("a resource server that trusts metadata and key set alone", () => {
  it("opens to the right token, and to it only what its scope says", async () => {
    const token = await tokenFor(read);
    const response = await fetch(`${service.url}/reports`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.status, await response.json()]).toEqual([200, { hello: client.id }]);
    expect(await present(token, "POST")).toEqual([
      403,
      'Bearer realm="reports", error="insufficient_scope", scope="write"',
    ]);
    expect(await present(await tokenFor(read, `${audience}-write`), "POST")).toEqual(opened);
  });

  it("asks who brings no token to bring one", async () => {
    expect(await present(undefined)).toEqual([401, 'Bearer realm="reports"']);
  });

  it("refuses a token for another audience, although its scope has the same name", async () => {
    expect(await present(await tokenFor("https://mail.example.com-read"))).toEqual(invalid);
  });

  it("refuses one from the second on in which it has expired", async () => {
    const token = await tokenFor(read);
    clock.ahead = 3_590_000;
    expect(await present(token)).toEqual(opened);
    clock.ahead = 3_601_000;
    expect(await present(token)).toEqual(invalid);
  });

  it("refuses what an attacker makes of a good one", async () => {
    const good = await tokenFor(read);
    const [head = "", claims = "", signature = ""] = good.split(".");
    const header = decodeProtectedHeader(good);
    const payload = decodeJwt(good);
    const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const own: { keys: Record<string, string>[] } = await (
      await fetch(`${house.server.url}/oauth2/jwks`)
    ).json();
    const publicPem = createPublicKey({ key: own.keys[0] ?? {}, format: "jwk" }).export({
      type: "spki",
      format: "pem",
    });
    const mac = (headerOfMac: object) => {
      const text = `${encoded(headerOfMac)}.${claims}`;
      return `${text}.${createHmac("sha256", publicPem).update(text).digest("base64url")}`;
    };
    const more = encoded({ ...payload, scope: "read write" });
    const forged: Record<string, string> = {
      "alg none": `${encoded({ ...header, alg: "none" })}.${claims}.`,
      "alg None, signature kept": `${encoded({ ...header, alg: "None" })}.${claims}.${signature}`,
      "HS256 with the public key as the secret": mac({ ...header, alg: "HS256" }),
      "a foreign key under our key's name": signed(header, payload, foreign.privateKey),
      "a foreign key under its own name": signed(
        { ...header, kid: "foreign" },
        payload,
        foreign.privateKey,
      ),
      "a foreign key that it brings along": signed(
        { ...header, jwk: await exportJWK(foreign.publicKey) },
        payload,
        foreign.privateKey,
      ),
      "a foreign key set that it names": signed(
        { ...header, kid: "foreign", jku: "http://127.0.0.1:1/keys" },
        payload,
        foreign.privateKey,
      ),
      "another type of token": `${encoded({ ...header, typ: "JWT" })}.${claims}.${signature}`,
      "more scope": `${head}.${more}.${signature}`,
      "no signature": `${head}.${claims}.`,
      "one character less": good.slice(0, -1),
      "no token at all": "nonsense",
    };
    for (const [what, token] of Object.entries(forged))
      expect([what, ...(await present(token, "GET"))]).toEqual([what, ...invalid]);
    expect(await present(good)).toEqual(opened);
  });

  it("goes on while the keys are rotated under it, with tokens of before and after", async () => {
    const before = await tokenFor(read);
    // Without the minutes in which a successor is only shown: the service meets a key that it has never seen.
    await house.database.query("update oauth_signing_keys set signs_until = now()");
    const { result, text } = await house.admin.session.act("rotateSigningKeyAction", {});
    if (!result?.ok) throw new Error(text.slice(0, 300));
    const after = await tokenFor(read);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    // The set is not fetched more often than once a second: whoever makes up names of keys would have it fetched each time.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await present(after)).toEqual(opened);
    expect(await present(before)).toEqual(opened);
  });
});
