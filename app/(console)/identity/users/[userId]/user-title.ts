import type { Metadata } from "next";

import { maySee } from "@/lib/domain/policy";
import { userSections } from "@/lib/domain/users/sections";

import { shownUser } from "../../../_user/user-section-page";
import { pageTitle } from "../../../page-title";

/** The title of a section of another person's account: *API keys · anna*. */
export function userTitle(userId: string, sectionId: string): Promise<Metadata> {
  return pageTitle(async (caller) => {
    const user = await shownUser(caller, userId);
    const section = userSections.find(({ id }) => id === sectionId);
    if (section === undefined || !maySee(caller, user, section.needs).allowed) return undefined;
    return `${section.title} · ${user.name}`;
  });
}
