import type { Metadata } from "next";

import { credentialPageAt, credentialTitle } from "../../../../../_user/credentials-section";
import { shownUser } from "../../../../../_user/user-section-page";
import { pageTitle } from "../../../../../page-title";
import { managedSection } from "../../managed-section";

type Props = { params: Promise<{ userId: string; section: string; credentialId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { userId, section, credentialId } = await params;
  return pageTitle(async (caller) => {
    const { name } = await shownUser(caller, userId);
    return credentialTitle({ caller, ownerId: userId, of: name }, section, credentialId);
  });
}

/** One of another person's credentials, of a kind whose credentials have pages. */
export default async function ManagedCredential(props: Props) {
  const { section, credentialId } = await props.params;
  return managedSection(props, `${section}/${credentialId}`, (view) =>
    credentialPageAt(section, credentialId, view),
  );
}
