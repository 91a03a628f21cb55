import { apiKey } from "./api-key/kind";
import { authToken } from "./auth-token/kind";
import { customerSecretKey } from "./customer-secret-key/kind";
import { databasePassword } from "./database-password/kind";
import type { CredentialKind } from "./kind";
import { oauthClientCredential } from "./oauth-client-credential/kind";
import { smtpCredential } from "./smtp-credential/kind";

/** The one list of kinds, in the order of the profile's sections. */
export const credentialKinds: readonly CredentialKind[] = [
  apiKey,
  authToken,
  customerSecretKey,
  oauthClientCredential,
  smtpCredential,
  databasePassword,
];

export function kindById(id: string): CredentialKind | undefined {
  return credentialKinds.find((kind) => kind.id === id);
}

export function kindBySection(section: string): CredentialKind | undefined {
  return credentialKinds.find((kind) => kind.description.section === section);
}
