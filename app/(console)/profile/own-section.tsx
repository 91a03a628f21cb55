import { whenAvailable } from "@/components/shell/available-frame";
import { type SectionContent, UserSectionPage } from "@/components/users/user-section-page";
import { requireCaller } from "@/lib/auth/current-caller";

/** A section of the caller's own account. */
export function ownSection(section: string, content: SectionContent) {
  return whenAvailable(async () => {
    const caller = await requireCaller(`/profile/${section}`);
    return UserSectionPage({ caller, userId: caller.userId, basePath: "/profile", content });
  });
}
