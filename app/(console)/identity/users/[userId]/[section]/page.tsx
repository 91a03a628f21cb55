import type { Metadata } from "next";

import { credentialsSectionAt } from "@/components/users/credentials-section";
import { kindBySection } from "@/lib/domain/credentials/registry";

import { managedSection } from "../managed-section";

type Props = { params: Promise<{ userId: string; section: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = kindBySection((await params).section)?.description.title;
  return { title: title === undefined ? "Not found" : `${title} of a user` };
}

/** Another person's credentials of a kind. */
export default async function ManagedCredentials(props: Props) {
  const { section } = await props.params;
  return managedSection(props, section, (view) => credentialsSectionAt(section, view));
}
