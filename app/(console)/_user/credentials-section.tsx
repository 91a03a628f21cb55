import { cache } from "react";

import { CredentialPage } from "@/components/credentials/credential-page";
import { CredentialsPanel } from "@/components/credentials/credentials-panel";
import { ButtonLink } from "@/components/shell/button-link";
import { SectionHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { connectionContext } from "@/lib/auth/connection-context";
import type { Caller } from "@/lib/domain/caller";
import { type CredentialKind, notOfferedSentence } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";
import { kindBySection } from "@/lib/domain/credentials/registry";
import { isKeptBehindSecondFactor } from "@/lib/domain/policy";
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
  if (isKeptBehindSecondFactor(view.caller, kind.id))
    return <SecondFactorNeeded title={kind.description.title} />;
  return (
    <CredentialsPanel
      key={kind.id}
      {...await credentialsOf(kind, view)}
      disabledReason={disabledReason(kind, view.user)}
    />
  );
}

function SecondFactorNeeded({ title }: { title: string }) {
  return (
    <section aria-labelledby="kept-title">
      <SectionHeader
        id="kept-title"
        title={title}
        description="Your administrators keep them for those who sign in with a second factor."
      />
      <EmptyState
        action={
          <ButtonLink href="/profile/security">Enable multi-factor authentication</ButtonLink>
        }
      >
        You have no second factor yet. Once it is enabled, they are shown here and can be changed.
      </EmptyState>
    </section>
  );
}

/** One of them by itself. Undefined where no kind is, or none that has such pages, or none of that OCID. */
export async function credentialPageAt(section: string, id: string, view: SectionView) {
  const kind = kindBySection(section);
  if (!kind?.description.hasPage) return undefined;
  const credentials = await credentialsOf(kind, view);
  if (!isAmong(credentials.newest, id)) return undefined;
  return <CredentialPage key={id} {...credentials} id={id} />;
}

/** The title of that page, undefined where there is none. */
export async function credentialTitle(
  { caller, ownerId, of }: { caller: Caller; ownerId: string; of: string },
  section: string,
  id: string,
): Promise<string | undefined> {
  const kind = kindBySection(section);
  if (!kind?.description.hasPage) return undefined;
  const isThere = isAmong(await shownCredentials(caller, ownerId, kind.id), id);
  return isThere ? `${kind.description.title} · ${of}` : undefined;
}

/** Asked once for a page's title and its content. */
const shownCredentials = cache((caller: Caller, ownerId: string, kind: string) =>
  listCredentials(caller, { ownerId, kind }),
);

const isAmong = (newest: readonly CredentialView[], id: string) =>
  newest.some((one) => one.id === id && one.replacedById === null);

async function credentialsOf(
  kind: CredentialKind,
  { caller, user, isOwn, basePath, usage }: SectionView,
) {
  const isForDatabases = kind.secret === "chosen";
  const [newest, passwordPolicy, managed] = await Promise.all([
    shownCredentials(caller, user.id, kind.id),
    isForDatabases ? getPasswordPolicy(caller, {}) : undefined,
    isForDatabases ? getManagedUser(caller, { userId: user.id }) : undefined,
  ]);
  return {
    description: kind.description,
    owner: {
      id: user.id,
      name: user.name,
      dbUserName: user.dbUserName,
      dbUserDescription: user.dbUserDescription,
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
