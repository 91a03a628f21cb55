import { oauthPaths } from "./addresses";
import { assertionAlgorithms } from "./assertion";
import { clientAuthenticationMethods } from "./client-authentication";

/** What the token service can do (RFC 8414 2): what is supported, and nothing else. */
export function serverMetadata(issuer: string) {
  const methods = clientAuthenticationMethods;
  const algorithms = assertionAlgorithms;
  return {
    issuer,
    token_endpoint: issuer + oauthPaths.token,
    introspection_endpoint: issuer + oauthPaths.introspect,
    revocation_endpoint: issuer + oauthPaths.revoke,
    jwks_uri: issuer + oauthPaths.keys,
    grant_types_supported: ["client_credentials"],
    // There is no authorization endpoint; the member itself is required.
    response_types_supported: [],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
  };
}
