import { requireCaller } from "@/lib/auth/current-caller";

import { whenAvailable } from "../../available-frame";
import { type SectionContent, UserSectionPage } from "../_user/user-section-page";

/** A section of the caller's own account. */
export function ownSection(section: string, content: SectionContent) {
  return whenAvailable(async () => {
    const caller = await requireCaller(`/profile/${section}`);
    return UserSectionPage({ caller, userId: caller.userId, basePath: "/profile", content });
  });
}
