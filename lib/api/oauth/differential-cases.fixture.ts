import { basic } from "./stage.fixture";
import type { Draft, Target } from "./differential.fixture";
import { newKeyPair } from "../stage.fixture";
import { assertionMaker } from "./differential.fixture";

/** A request that both servers get, and the tokens that they may name in it. */
export interface Case {
  readonly name: string;
  readonly path: string;
  readonly draft: (target: Target, tokens: Tokens) => Draft | Promise<Draft>;
}

export interface Tokens {
  readonly own: string;
  readonly foreign: string;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const grant = "grant_type=client_credentials&scope=urn:reports-read";
const encode = (values: Record<string, string>) => new URLSearchParams(values).toString();
const and = (...parts: string[]) => parts.filter((part) => part !== "").join("&");
const header = (value: string) => ({ headers: { authorization: value } });
const withBasic = (client: { id: string; secret: string }) => ({ headers: basic(client) });

/** Ways to authenticate, good and bad; `rest` is what the endpoint itself wants. */
const authentications: Record<string, (target: Target, rest: string) => Draft | Promise<Draft>> = {
  Basic: ({ basic: client }, body) => ({ ...withBasic(client), body }),
  "Basic in small letters": ({ basic: client }, body) => ({
    ...header(basic(client).authorization.replace("Basic", "basic")),
    body,
  }),
  "Basic, form-encoded": ({ basic: client }, body) => ({
    ...withBasic({ id: encodeURIComponent(client.id), secret: client.secret.replace("_", "%5F") }),
    body,
  }),
  "Basic and its own client_id": ({ basic: client }, rest) => ({
    ...withBasic(client),
    body: and(rest, encode({ client_id: client.id })),
  }),
  "the body": ({ post: client }, rest) => ({
    body: and(rest, encode({ client_id: client.id, client_secret: client.secret })),
  }),
  "an assertion": async ({ assertion }, rest) => ({
    body: and(
      rest,
      encode({ client_assertion: await assertion(), client_assertion_type: assertionType }),
    ),
  }),
  nothing: (_target, body) => ({ body }),
  "client_id alone": ({ post: client }, rest) => ({
    body: and(rest, encode({ client_id: client.id })),
  }),
  "client_secret alone": ({ post: client }, rest) => ({
    body: and(rest, encode({ client_secret: client.secret })),
  }),
  "an empty client_secret": ({ post: client }, rest) => ({
    body: and(rest, encode({ client_id: client.id, client_secret: "" })),
  }),
  "a wrong secret in Basic": ({ basic: { id }, foreign: { secret } }, body) => ({
    ...withBasic({ id, secret }),
    body,
  }),
  "a wrong secret in the body": ({ post: { id }, foreign: { secret } }, rest) => ({
    body: and(rest, encode({ client_id: id, client_secret: secret })),
  }),
  "an unknown client": ({ basic: { secret } }, body) => ({
    ...withBasic({ id: "nobody", secret }),
    body,
  }),
  "Basic and the body": ({ basic: client }, rest) => ({
    ...withBasic(client),
    body: and(rest, encode({ client_id: client.id, client_secret: client.secret })),
  }),
  "Basic and an assertion": async ({ basic: client, assertion }, rest) => ({
    ...withBasic(client),
    body: and(
      rest,
      encode({ client_assertion: await assertion(), client_assertion_type: assertionType }),
    ),
  }),
  "the body and an assertion": async ({ post: client, assertion }, rest) => ({
    body: and(
      rest,
      encode({
        client_id: client.id,
        client_secret: client.secret,
        client_assertion: await assertion(),
        client_assertion_type: assertionType,
      }),
    ),
  }),
  "another client_id in the body": ({ basic: client, foreign: { id } }, rest) => ({
    ...withBasic(client),
    body: and(rest, encode({ client_id: id })),
  }),
  "client_id twice": ({ basic: { id }, basic: client }, rest) => ({
    ...withBasic(client),
    body: and(rest, encode({ client_id: id }), encode({ client_id: id })),
  }),
  "a bearer token": (_target, body) => ({ ...header("Bearer abc"), body }),
  "Basic that is not base64": (_target, body) => ({ ...header("Basic !!!"), body }),
  "Basic without a colon": ({ basic: { id } }, body) => ({ ...header(`Basic ${btoa(id)}`), body }),
  "Basic without a secret": ({ basic: { id } }, body) => ({
    ...withBasic({ id, secret: "" }),
    body,
  }),
  "Basic with a broken escape": ({ basic: { secret } }, body) => ({
    ...withBasic({ id: "%zz", secret }),
    body,
  }),
};

/** Assertions that are wrong in one way each. */
const assertions: Record<string, (target: Target) => Promise<string>> = {
  "from another issuer": ({ assertion }) => assertion({ iss: "somebody" }),
  "about another subject": ({ assertion }) => assertion({ sub: "somebody" }),
  "for another audience": ({ assertion }) => assertion({ aud: "https://elsewhere.example.com" }),
  "that has expired": ({ assertion }) => assertion({ exp: Math.floor(Date.now() / 1000) - 120 }),
  "that never expires": ({ assertion }) => assertion({ exp: undefined }),
  "without a number": ({ assertion }) => assertion({ jti: undefined }),
  "that begins later": ({ assertion }) => assertion({ nbf: Math.floor(Date.now() / 1000) + 600 }),
  "signed with another key": async ({ url }) =>
    assertionMaker(url, "key", newKeyPair().privateKeyPem, "another")(),
  "that is no JWT": async () => "nonsense",
  "with PS256": ({ assertion }) => assertion({}, { alg: "PS256" }),
};

const tokenForms: Record<string, string> = {
  "without a grant type": "scope=urn:reports-read",
  "with an empty grant type": and("grant_type=", "scope=urn:reports-read"),
  "for an unknown grant": "grant_type=magic",
  "for a password": "grant_type=password&username=a&password=b",
  "for a code": "grant_type=authorization_code&code=abc",
  "for a refresh": "grant_type=refresh_token&refresh_token=abc",
  "for a device": "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=abc",
  "for the grant in capitals": "grant_type=CLIENT_CREDENTIALS",
  "with the grant type twice": and(grant, "grant_type=client_credentials"),
  "with two scopes": "grant_type=client_credentials&scope=urn:reports-read+urn:reports-write",
  "with scopes apart by %20":
    "grant_type=client_credentials&scope=urn:reports-read%20urn:reports-write",
  "with a scope twice over":
    "grant_type=client_credentials&scope=urn:reports-read+urn:reports-read",
  "with the parameter scope twice": and(grant, "scope=urn:reports-write"),
  "with a scope of nobody": "grant_type=client_credentials&scope=urn:reports-admin",
  "with one scope of its own and one of nobody":
    "grant_type=client_credentials&scope=urn:reports-read+admin",
  "with the scope openid": "grant_type=client_credentials&scope=openid",
  "with a parameter that nobody knows": and(grant, "nonce=1"),
  "with a parameter that nobody knows, twice": and(grant, "nonce=1", "nonce=2"),
  "with an empty parameter": and(grant, "nonce="),
  "with a parameter without a value": and(grant, "nonce"),
  "with doubled ampersands": `&&${grant.replace("&", "&&&")}&`,
  "with escaped letters": "%67rant_type=client%5Fcredentials&scope=urn%3Areports-read",
  "with a redirect address": and(grant, "redirect_uri=https%3A%2F%2Fexample.com"),
  "with another resource's indicator empty": and(grant, "resource="),
  "with a parameter of an object's kind": and(grant, "__proto__=1&constructor=2"),
  "with 1,000 parameters": and(grant, ...Array.from({ length: 900 }, (_, index) => `p${index}=1`)),
};

const tokenParameters: Record<string, (tokens: Tokens) => string> = {
  "its own": ({ own }) => own,
  "one of another client": ({ foreign }) => foreign,
  nonsense: () => "nonsense",
  "three dots": () => "a.b.c",
  "one cut short": ({ own }) => own.slice(0, -4),
  "one with other claims": ({ own, foreign }) =>
    [own.split(".")[0], foreign.split(".")[1], own.split(".")[2]].join("."),
  "one without a signature": ({ own }) => `${own.split(".").slice(0, 2).join(".")}.`,
  "one with blanks around it": ({ own }) => ` ${own} `,
  "a very long one": () => "x".repeat(5_000),
};

const types: Record<string, string> = {
  JSON: "application/json",
  multipart: "multipart/form-data; boundary=x",
  "plain text": "text/plain",
  XML: "application/xml",
  "a form with a charset": "application/x-www-form-urlencoded; charset=utf-8",
  "a form in capitals": "APPLICATION/X-WWW-FORM-URLENCODED",
};

const token = "/oauth2/token";
const introspect = "/oauth2/introspect";
const revoke = "/oauth2/revoke";

export const cases: readonly Case[] = [
  ...Object.entries(authentications).flatMap(([name, draft]): Case[] => [
    {
      name: `token, authenticated by ${name}`,
      path: token,
      draft: (target) => draft(target, grant),
    },
    {
      name: `introspection, authenticated by ${name}`,
      path: introspect,
      draft: (target) => draft(target, "token=nonsense"),
    },
    {
      name: `revocation, authenticated by ${name}`,
      path: revoke,
      draft: (target) => draft(target, "token=nonsense"),
    },
  ]),
  ...Object.entries(assertions).map(([name, make]): Case => ({
    name: `token, by an assertion ${name}`,
    path: token,
    draft: async (target) => ({
      body: and(
        grant,
        encode({ client_assertion: await make(target), client_assertion_type: assertionType }),
      ),
    }),
  })),
  {
    name: "token, by an assertion of an unknown type",
    path: token,
    draft: async ({ assertion }) => ({
      body: and(
        grant,
        encode({ client_assertion: await assertion(), client_assertion_type: "urn:saml" }),
      ),
    }),
  },
  {
    name: "token, by an assertion without a type",
    path: token,
    draft: async ({ assertion }) => ({
      body: and(grant, encode({ client_assertion: await assertion() })),
    }),
  },
  ...Object.entries(tokenForms).map(([name, body]): Case => ({
    name: `token, ${name}`,
    path: token,
    draft: ({ basic: client }) => ({ ...withBasic(client), body }),
  })),
  ...Object.entries(tokenParameters).flatMap(([name, value]): Case[] =>
    [introspect, revoke].map((path) => ({
      name: `${path === revoke ? "revocation" : "introspection"} of ${name}`,
      path,
      draft: ({ basic: client }, tokens) => ({
        ...withBasic(client),
        body: encode({ token: value(tokens) }),
      }),
    })),
  ),
  ...[
    "",
    "token=",
    "token=a&token=b",
    "token=a&token_type_hint=access_token",
    "token=a&token_type_hint=magic",
  ].flatMap((body): Case[] =>
    [introspect, revoke].map((path) => ({
      name: `${path === revoke ? "revocation" : "introspection"} with “${body}”`,
      path,
      draft: ({ basic: client }) => ({ ...withBasic(client), body }),
    })),
  ),
  ...Object.entries(types).flatMap(([name, type]): Case[] =>
    [token, introspect, revoke].map((path) => ({
      name: `${path} sent as ${name}`,
      path,
      draft: ({ basic: client }) => ({
        ...withBasic(client),
        type,
        body: path === token ? grant : "token=nonsense",
      }),
    })),
  ),
  ...["GET", "PUT", "DELETE"].flatMap((method): Case[] =>
    [token, introspect, revoke].map((path) => ({
      name: `${path} by ${method}`,
      path,
      draft: ({ basic: client }) => ({ ...withBasic(client), method, body: grant }),
    })),
  ),
  {
    name: "token, everything in the address and nothing in the body",
    path: token,
    draft: ({ post: client }) => ({
      query: and(grant, encode({ client_id: client.id, client_secret: client.secret })),
    }),
  },
  {
    name: "token, the scope in the address",
    path: token,
    draft: ({ basic: client }) => ({
      ...withBasic(client),
      query: "scope=urn:reports-write",
      body: grant,
    }),
  },
  { name: "the key set", path: "/oauth2/jwks", draft: () => ({ method: "GET" }) },
  {
    name: "an address that is not there",
    path: "/oauth2/nothing",
    draft: () => ({ method: "GET" }),
  },
];
