/** Where the token service answers; part of its public contract. */
export const oauthPaths = {
  token: "/oauth2/token",
  introspect: "/oauth2/introspect",
  revoke: "/oauth2/revoke",
  keys: "/oauth2/jwks",
} as const;

/** RFC 8414 names the first; clients of OpenID Connect look at the second. */
export const metadataPaths = [
  "/.well-known/oauth-authorization-server",
  "/.well-known/openid-configuration",
] as const;
