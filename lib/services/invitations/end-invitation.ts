import "server-only";
import type { Tx } from "@/lib/data/db";
import { deleteInvitation } from "@/lib/data/invitations";
import { giveUpWaitingMails } from "@/lib/data/mails";

export const invitationTemplate = "invitation";

/** Ends the invitation of a user, if there is one, and the mail with it if it still waits. */
export async function endInvitation(tx: Tx, userId: string): Promise<void> {
  if (await deleteInvitation(tx, userId))
    await giveUpWaitingMails(tx, { userId, template: invitationTemplate });
}
