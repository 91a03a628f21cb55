import type { Metadata } from "next";

import { credentialsSectionAt } from "../../../../_user/credentials-section";
import { managedSection } from "../managed-section";
import { userTitle } from "../user-title";

type Props = { params: Promise<{ userId: string; section: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { userId, section } = await params;
  return userTitle(userId, section);
}

/** Another person's credentials of a kind. */
export default async function ManagedCredentials(props: Props) {
  const { section } = await props.params;
  return managedSection(props, section, (view) => credentialsSectionAt(section, view));
}
