import type { CredentialView } from "@/lib/domain/credentials/present";
import { type HeldScope, heldScopes } from "@/lib/domain/oauth/scopes";

/** The scopes of a credential of this kind, whose view knows its details only as details. */
export function scopesOf({ details }: CredentialView): readonly HeldScope[] {
  return heldScopes.parse(details["scopes"] ?? []);
}
