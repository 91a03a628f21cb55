import "server-only";
import type { UserRow } from "@/lib/data/users";
import type { Credential } from "@/lib/domain/credentials/present";
import { kindById } from "@/lib/domain/credentials/registry";

/** What every mail about a credential says of it, and where it is managed: nobody signs in as a service user. */
export function credentialInMail(owner: UserRow, credential: Credential) {
  const { kind, details, lastUsedAt, lastUsedAddress } = credential;
  const known = kindById(kind);
  const account = owner.kind === "service" ? `/identity/users/${owner.id}` : "/profile";
  return {
    userName: owner.name,
    kind: known?.description.noun.one ?? "credential",
    credentialName: known?.label(details) ?? "",
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
    path: `${account}/${known?.description.section ?? "details"}`,
  };
}
