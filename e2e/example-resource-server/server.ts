import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";

/**
 * A service that accepts tokens of Latchkey and knows nothing of it but the issuer's address: metadata (RFC 8414) lead to
 * the key set, and the token itself says the rest (RFC 9068). Take it as the beginning of one of your own.
 */
export interface ResourceServerOptions {
  readonly issuer: string;
  /** What tokens for this service name as their audience. */
  readonly audience: string;
  /** What the caller must be allowed, by method and path: `GET /reports` asks for `read`. */
  readonly scopes: Readonly<Record<string, string>>;
  /** For tests: the time by which tokens expire. */
  readonly now?: () => Date;
}

export interface ResourceServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startResourceServer(options: ResourceServerOptions): Promise<ResourceServer> {
  const keys = await discoverKeys(options.issuer);
  const server = createServer((request, response) => {
    admit(request, options, keys)
      .then((client) => answer(response, 200, { hello: client }))
      .catch((error: unknown) => refuse(response, error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // A TCP server's address is an object.
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The key set that the issuer's metadata name. Kept, and fetched again for a key that it does not have. */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer}/.well-known/oauth-authorization-server`);
  const metadata: { issuer?: string; jwks_uri?: string } = await response.json();
  // Otherwise one server could speak for another (RFC 8414 3.3).
  if (metadata.issuer !== issuer) throw new Error(`These are the metadata of ${metadata.issuer}.`);
  return createRemoteJWKSet(new URL(metadata.jwks_uri ?? ""), { cooldownDuration: 1_000 });
}

/** The client that may do what it asks for. Throws `Refusal`. */
async function admit(
  request: IncomingMessage,
  { issuer, audience, scopes, now = () => new Date() }: ResourceServerOptions,
  keys: JWTVerifyGetKey,
): Promise<string> {
  const token = bearerToken(request);
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    typ: "at+jwt",
    algorithms: ["RS256", "ES256"],
    requiredClaims: ["exp", "sub", "client_id", "scope"],
    currentDate: now(),
  }).catch((error: unknown) => {
    // Of a key set that cannot be fetched no token is guilty.
    if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout))
      throw new Refusal(401, "invalid_token");
    throw error;
  });
  const wanted = scopes[`${request.method} ${request.url}`];
  if (wanted === undefined) throw new Refusal(404);
  if (!String(payload["scope"]).split(" ").includes(wanted))
    throw new Refusal(403, "insufficient_scope", wanted);
  return String(payload["client_id"]);
}

/** From the header alone (RFC 6750 2.1): addresses end up in logs. */
function bearerToken({ headers }: IncomingMessage): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.authorization ?? "")?.[1];
  // Who brought nothing is told how, and no more (RFC 6750 3.1).
  if (token === undefined) throw new Refusal(401);
  return token;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error?: string,
    readonly scope?: string,
  ) {
    super(error ?? String(status));
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof Refusal)) return answer(response, 503, {});
  const parts = [
    'Bearer realm="reports"',
    ...(error.error === undefined ? [] : [`error="${error.error}"`]),
    ...(error.scope === undefined ? [] : [`scope="${error.scope}"`]),
  ];
  if (error.status !== 404) response.setHeader("www-authenticate", parts.join(", "));
  answer(response, error.status, {});
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
