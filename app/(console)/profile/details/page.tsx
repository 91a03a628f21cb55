import type { Metadata } from "next";

import { detailsSection } from "../../_user/details-section";
import { ownSection } from "../own-section";

export const metadata: Metadata = { title: "Details · My profile" };

export default function OwnDetails() {
  return ownSection("details", ({ caller, user }) => detailsSection(caller, user));
}
