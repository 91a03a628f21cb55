import { CredentialPage } from "@/components/credentials/credential-page";
import { CredentialsPanel } from "@/components/credentials/credentials-panel";
import { connectionContext } from "@/lib/auth/connection-context";
import { type CredentialKind, notOfferedSentence } from "@/lib/domain/credentials/kind";
import { kindBySection } from "@/lib/domain/credentials/registry";
import { capabilityLabels } from "@/lib/domain/users/capabilities";
import type { UserView } from "@/lib/domain/users/present";
import { listCredentials } from "@/lib/services/credentials/list-credentials";
import { getPasswordPolicy } from "@/lib/services/passwords/get-password-policy";
import { getManagedUser } from "@/lib/services/users/get-managed-user";

import type { SectionView } from "./user-section-page";

/**
 * The credentials of the kind at this address; the list is in the page's HTML. Undefined where no kind is.
 */
export async function credentialsSectionAt(section: string, view: SectionView) {
  const kind = kindBySection(section);
  if (kind === undefined) return undefined;
  return (
    <CredentialsPanel
      key={kind.id}
      {...await credentialsOf(kind, view)}
      disabledReason={disabledReason(kind, view.user)}
    />
  );
}

/** One of them by itself. Undefined where no kind is, or none that has such pages, or none of that OCID. */
export async function credentialPageAt(section: string, id: string, view: SectionView) {
  const kind = kindBySection(section);
  if (!kind?.description.hasPage) return undefined;
  const credentials = await credentialsOf(kind, view);
  const found = credentials.newest.find((one) => one.id === id && one.replacedById === null);
  return found && <CredentialPage key={id} {...credentials} id={id} />;
}

async function credentialsOf(
  kind: CredentialKind,
  { caller, user, isOwn, basePath, usage }: SectionView,
) {
  const isForDatabases = kind.secret === "chosen";
  const [newest, passwordPolicy, managed] = await Promise.all([
    listCredentials(caller, { ownerId: user.id, kind: kind.id }),
    isForDatabases ? getPasswordPolicy(caller, {}) : undefined,
    isForDatabases ? getManagedUser(caller, { userId: user.id }) : undefined,
  ]);
  return {
    description: kind.description,
    owner: {
      id: user.id,
      name: user.name,
      dbUserName: user.dbUserName,
      canNameDatabaseUser: managed?.mayDo.includes("SetDatabaseUserName"),
    },
    isOwn,
    context: { ...connectionContext(), userId: caller.userId, passwordPolicy },
    path: `${basePath}/${kind.description.section}`,
    newest,
    limit: usage[kind.id]?.limit ?? kind.maxPerUser,
    isAsked: usage[kind.id]?.isAsked ?? false,
  };
}

function disabledReason(kind: CredentialKind, user: UserView): string | undefined {
  const { realm } = connectionContext();
  if (!kind.isOfferedIn(realm)) return notOfferedSentence(kind.description, realm);
  const { capability } = kind;
  if (user.capabilities[capability]) return undefined;
  return `The capability “${capabilityLabels[capability]}” is off. An administrator can turn it on.`;
}
