import type { Metadata } from "next";

import { credentialPageAt } from "@/components/users/credentials-section";
import { kindBySection } from "@/lib/domain/credentials/registry";

import { ownSection } from "../../own-section";

type Props = { params: Promise<{ section: string; credentialId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const description = kindBySection((await params).section)?.description;
  return { title: description?.hasPage ? `${description.title} · My profile` : "Not found" };
}

/** One of the caller's own credentials, of a kind whose credentials have pages. */
export default async function OwnCredential({ params }: Props) {
  const { section, credentialId } = await params;
  return ownSection(`${section}/${credentialId}`, (view) =>
    credentialPageAt(section, credentialId, view),
  );
}
