import "server-only";
import type { Tx } from "@/lib/data/db";
import { deleteLink } from "@/lib/data/mailed-links";
import { giveUpWaitingMails } from "@/lib/data/mails";

export const invitationTemplate = "invitation";

/** Ends the invitation of a user, if there is one, and the mail with it if it still waits. */
export async function endInvitation(tx: Tx, userId: string): Promise<void> {
  if (await deleteLink(tx, "invitation", userId))
    await giveUpWaitingMails(tx, { userId, template: invitationTemplate });
}
