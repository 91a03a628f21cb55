import { isOcid } from "../ocid";
import { decodeFormText, type Form, valueOf } from "./form";
import { invalidClient, invalidRequest } from "./oauth-error";

export const clientAuthenticationMethods = [
  "client_secret_basic",
  "client_secret_post",
  "private_key_jwt",
] as const;

/** What a client brings to prove itself; nothing of it has been checked. */
export type ClientProof =
  | { readonly clientId: string; readonly secret: string }
  | { readonly clientId: string | undefined; readonly assertion: string };

export const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * Finds the one way in which a request authenticates its client (RFC 6749 2.3, RFC 7523 2.2). Throws `invalid_request`
 * for two ways at once and for identifiers that contradict each other, `invalid_client` where there is no proof at all.
 */
export function clientProofOf(authorizations: readonly string[], form: Form): ClientProof {
  if (authorizations.length > 1)
    throw invalidRequest("The request has more than one Authorization header.");
  const [authorization] = authorizations;
  const clientId = valueOf(form, "client_id");
  const secret = valueOf(form, "client_secret");
  const assertion = valueOf(form, "client_assertion");
  const type = valueOf(form, "client_assertion_type");
  const usesAssertion = assertion !== undefined || type !== undefined;
  const ways = [authorization !== undefined, secret !== undefined, usesAssertion];
  if (ways.filter(Boolean).length > 1)
    throw invalidRequest("Authenticate the client in one way only.");
  if (authorization !== undefined) return basicProof(authorization, clientId);
  if (usesAssertion) return assertionProof(clientId, assertion, type);
  if (clientId === undefined || secret === undefined) throw invalidClient();
  return { clientId, secret };
}

function basicProof(authorization: string, inBody: string | undefined): ClientProof {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization)?.[1];
  const pair = encoded === undefined ? undefined : decodeBase64(encoded);
  // At the first colon: a secret may contain one, an identifier may not.
  const colon = pair?.indexOf(":") ?? -1;
  if (pair === undefined || colon === -1) throw invalidClient();
  const clientId = decodeFormText(pair.slice(0, colon));
  const secret = decodeFormText(pair.slice(colon + 1));
  if (clientId === undefined || secret === undefined || secret === "") throw invalidClient();
  if (inBody !== undefined && inBody !== clientId)
    throw invalidRequest("The client_id in the body is not the one that authenticates.");
  return { clientId, secret };
}

function assertionProof(
  clientId: string | undefined,
  assertion: string | undefined,
  type: string | undefined,
): ClientProof {
  if (assertion === undefined || type === undefined)
    throw invalidRequest("client_assertion and client_assertion_type go together.");
  if (type !== assertionType) throw invalidRequest("This client_assertion_type is not supported.");
  return { clientId, assertion };
}

/** Whether a text could name a client at all; what cannot is refused without asking the database. */
export function isClientId(text: string): boolean {
  return isOcid(text, "credential");
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
