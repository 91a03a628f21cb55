import "server-only";
import type { UserRow } from "@/lib/data/users";
import type { Credential } from "@/lib/domain/credentials/present";
import { kindById } from "@/lib/domain/credentials/registry";
import { accountPath } from "@/lib/domain/mail/recipient";

/** What every mail about a credential says of it, and where it is managed. */
export function credentialInMail(owner: UserRow, credential: Credential) {
  const { kind, details, lastUsedAt, lastUsedAddress } = credential;
  const known = kindById(kind);
  return {
    userName: owner.name,
    kind: known?.description.noun.one ?? "credential",
    credentialName: known?.label(details) ?? "",
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
    isOfService: owner.kind === "service",
    path: `${accountPath(owner)}/${known?.description.section ?? "details"}`,
  };
}
