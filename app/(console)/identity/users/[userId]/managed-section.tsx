import { whenAvailable } from "@/components/shell/available-frame";
import { managedUser } from "@/components/users/managed-user";
import { UserActions } from "@/components/users/user-actions";
import { type SectionContent, UserSectionPage } from "@/components/users/user-section-page";
import { requireCaller } from "@/lib/auth/current-caller";
import { may } from "@/lib/domain/policy";
import { getUser } from "@/lib/services/users/get-user";

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
    const user = await getUser(caller, { userId });
    return UserSectionPage({
      caller,
      userId: user.id,
      basePath,
      content,
      headerActions: may(caller, "UpdateUser", { user }).allowed && (
        <UserActions user={managedUser(user, caller)} />
      ),
    });
  });
}
