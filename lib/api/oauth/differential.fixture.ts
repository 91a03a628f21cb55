import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { importPKCS8, SignJWT } from "jose";
import { Provider } from "oidc-provider";

import type { OauthClient } from "./stage.fixture";

/** A server under comparison, with a client for each way of authenticating. */
export interface Target {
  readonly url: string;
  readonly basic: { readonly id: string; readonly secret: string };
  readonly post: { readonly id: string; readonly secret: string };
  readonly foreign: { readonly id: string; readonly secret: string };
  /** A good assertion, or one with other claims or another header. */
  assertion(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

export interface Draft {
  readonly method?: string;
  readonly query?: string;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What two servers have to agree on. */
export interface Outcome {
  /** Status, error code and, of a success, the members of the answer. */
  readonly answer: string;
  readonly mayBeKept: boolean;
}

export const audience = "urn:reports";
/** Of this resource the peer's tokens are not JWTs: it introspects and revokes no others. */
export const opaque = "urn:opaque";
export const scopes = ["read", "write"].map((scope) => ({ audience, scope }));

/** npm `oidc-provider` as near to ours as its configuration goes: the same addresses, grant, scopes and token format. */
export async function startPeer(
  client: OauthClient,
  foreign: OauthClient,
  jwk: Record<string, unknown>,
) {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // A TCP server's address is an object.
  const url = `http://127.0.0.1:${port}`;
  const scope = scopes.map((pair) => `${pair.audience}-${pair.scope}`).join(" ");
  const common = {
    client_secret: client.secret,
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
    scope,
  };
  const provider = new Provider(url, {
    clients: [
      { ...common, client_id: "basic", token_endpoint_auth_method: "client_secret_basic" },
      { ...common, client_id: "post", token_endpoint_auth_method: "client_secret_post" },
      { ...common, client_id: "foreign", client_secret: foreign.secret },
      {
        ...common,
        client_id: "key",
        token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: [jwk] },
      },
    ] as never,
    scopes: scope.split(" "),
    routes: {
      token: "/oauth2/token",
      introspection: "/oauth2/introspect",
      revocation: "/oauth2/revoke",
      jwks: "/oauth2/jwks",
    },
    ttl: { ClientCredentials: 3600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_context, caller, token) => caller.clientId === token.clientId,
      },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: (_context, resource) => ({
          scope,
          audience,
          accessTokenTTL: 3600,
          accessTokenFormat: resource === opaque ? "opaque" : "jwt",
        }),
      },
    },
  });
  const listener = provider.callback();
  return { url, stop: () => new Promise((resolve) => server.close(resolve)) };
}

export function assertionMaker(url: string, clientId: string, pem: string, kid: string) {
  return async (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) => {
    const alg = String(header["alg"] ?? "RS256");
    const now = Math.floor(Date.now() / 1000);
    const all = {
      iss: clientId,
      sub: clientId,
      aud: url,
      jti: randomUUID(),
      iat: now,
      exp: now + 60,
      ...claims,
    };
    return new SignJWT(all)
      .setProtectedHeader({ alg, kid, ...header })
      .sign(await importPKCS8(pem, alg));
  };
}

/** Sends a draft and says what came of it. */
export async function outcomeOf(url: string, path: string, draft: Draft): Promise<Outcome> {
  const {
    method = "POST",
    type = "application/x-www-form-urlencoded",
    headers,
    body,
    query,
  } = draft;
  const hasBody = method !== "GET" && method !== "HEAD";
  const response = await fetch(url + path + (query === undefined ? "" : `?${query}`), {
    method,
    headers: { ...(hasBody ? { "content-type": type } : {}), ...headers },
    ...(hasBody ? { body: body ?? "" } : {}),
  });
  const text = await response.text();
  const json: Record<string, unknown> = text.startsWith("{") ? JSON.parse(text) : {};
  return {
    answer: [response.status, "error" in json ? json["error"] : membersOf(json)].join(" ").trim(),
    mayBeKept: !/no-store/.test(response.headers.get("cache-control") ?? ""),
  };
}

function membersOf(json: Record<string, unknown>): string {
  const plain = ["active", "token_type", "expires_in"].filter((name) => name in json);
  const rest = Object.keys(json).filter((name) => !plain.includes(name));
  return [...plain.map((name) => `${name}:${JSON.stringify(json[name])}`), ...rest.toSorted()].join(
    " ",
  );
}
