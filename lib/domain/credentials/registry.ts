import { apiKey } from "./api-key/kind";
import { authToken } from "./auth-token/kind";
import type { CredentialKind } from "./kind";

/** The one list of kinds, in the order of the profile's sections. */
export const credentialKinds: readonly CredentialKind[] = [apiKey, authToken];

export function kindById(id: string): CredentialKind | undefined {
  return credentialKinds.find((kind) => kind.id === id);
}

export function kindBySection(section: string): CredentialKind | undefined {
  return credentialKinds.find((kind) => kind.description.section === section);
}
