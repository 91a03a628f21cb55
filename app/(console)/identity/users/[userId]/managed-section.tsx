import { managedUser } from "@/components/users/managed-user";
import { UserActions } from "@/components/users/user-actions";
import { requireCaller } from "@/lib/auth/current-caller";
import { getManagedUser } from "@/lib/services/users/get-managed-user";

import { whenAvailable } from "../../../../available-frame";
import { type SectionContent, usageOf, UserSectionPage } from "../../../_user/user-section-page";

export type ManagedParams = { params: Promise<{ userId: string }> };

/** The same section of another person's account, with what an administrator may do to it. */
export async function managedSection(
  { params }: ManagedParams,
  section: string,
  content: SectionContent,
) {
  const { userId } = await params;
  const basePath = `/identity/users/${userId}`;
  return whenAvailable(async () => {
    const caller = await requireCaller(`${basePath}/${section}`);
    const [managed, usage] = await Promise.all([
      getManagedUser(caller, { userId }),
      usageOf(caller, userId),
    ]);
    return UserSectionPage({
      caller,
      userId: managed.user.id,
      basePath,
      content,
      headerActions: <UserActions user={managedUser(managed, { caller, usage })} />,
    });
  });
}
