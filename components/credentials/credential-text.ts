import type { CredentialView } from "@/lib/domain/credentials/present";

/** A member of the details, or of the view itself. */
export function credentialText(credential: CredentialView, source: string): string {
  const value: unknown = credential.details[source] ?? Reflect.get(credential, source);
  return typeof value === "string" ? value : "";
}

/** "Fingerprint" in the middle of a name is "fingerprint"; "OCID" stays. */
export function inSentence(header: string): string {
  return header === header.toUpperCase() ? header : header.toLowerCase();
}
