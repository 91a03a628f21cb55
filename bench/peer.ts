import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";

import { Provider } from "oidc-provider";

/**
 * npm `oidc-provider` as a token service: one client that proves itself by a secret, one resource whose access tokens
 * are JWTs signed with RS256 and a key of 2048 bits, everything in its own memory.
 */
const {
  PORT,
  PEER_CLIENT = "",
  PEER_SECRET = "",
  PEER_AUDIENCE = "",
  PEER_SCOPE = "",
} = process.env;
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  jwks: {
    keys: [{ ...key.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: randomUUID() }],
  } as never,
  clients: [
    {
      client_id: PEER_CLIENT,
      client_secret: PEER_SECRET,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      scope: PEER_SCOPE,
    },
  ],
  scopes: [PEER_SCOPE],
  routes: { token: "/oauth2/token" },
  ttl: { ClientCredentials: 3600 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => PEER_AUDIENCE,
      getResourceServerInfo: () => ({
        scope: PEER_SCOPE,
        audience: PEER_AUDIENCE,
        accessTokenTTL: 3600,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: "RS256" } },
      }),
    },
  },
});

const listener = provider.callback();
createServer((request, response) => void listener(request, response)).listen(
  Number(PORT),
  "127.0.0.1",
  () => process.stdout.write("ready\n"),
);
