import type { Metadata } from "next";

import { kindBySection } from "@/lib/domain/credentials/registry";

import { credentialsSectionAt } from "../../_user/credentials-section";
import { ownSection } from "../own-section";

type Props = { params: Promise<{ section: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = kindBySection((await params).section)?.description.title;
  return { title: title === undefined ? "Not found" : `${title} · My profile` };
}

/** The caller's own credentials of a kind. */
export default async function OwnCredentials({ params }: Props) {
  const { section } = await params;
  return ownSection(section, (view) => credentialsSectionAt(section, view));
}
