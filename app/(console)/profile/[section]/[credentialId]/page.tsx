import type { Metadata } from "next";

import { credentialPageAt, credentialTitle } from "../../../_user/credentials-section";
import { pageTitle } from "../../../page-title";
import { ownSection } from "../../own-section";

type Props = { params: Promise<{ section: string; credentialId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { section, credentialId } = await params;
  return pageTitle((caller) => {
    const whose = { caller, ownerId: caller.userId, of: "My profile" };
    return credentialTitle(whose, section, credentialId);
  });
}

/** One of the caller's own credentials, of a kind whose credentials have pages. */
export default async function OwnCredential({ params }: Props) {
  const { section, credentialId } = await params;
  return ownSection(`${section}/${credentialId}`, (view) =>
    credentialPageAt(section, credentialId, view),
  );
}
