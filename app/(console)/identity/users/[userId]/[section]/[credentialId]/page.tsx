import type { Metadata } from "next";

import { credentialPageAt } from "@/components/users/credentials-section";
import { kindBySection } from "@/lib/domain/credentials/registry";

import { managedSection } from "../../managed-section";

type Props = { params: Promise<{ userId: string; section: string; credentialId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const description = kindBySection((await params).section)?.description;
  return { title: description?.hasPage ? `${description.title} of a user` : "Not found" };
}

/** One of another person's credentials, of a kind whose credentials have pages. */
export default async function ManagedCredential(props: Props) {
  const { section, credentialId } = await props.params;
  return managedSection(props, `${section}/${credentialId}`, (view) =>
    credentialPageAt(section, credentialId, view),
  );
}
