import type { UserKind } from "@/lib/domain/caller";

/** What an e-mail address is for, said wherever one is asked for. */
export const emailHint =
  "For a forgotten password and for news about the account. Without one, only an administrator can help.";

/** Said before one is chosen, where it will reach nobody by itself. */
export const invitationAsFile =
  "This server has no mail server (SMTP_URL): the mail with the link becomes a file in the folder “mail” of its data.";

/** What became of an invitation: on its way, or a file where no mail server is configured. */
export function invitationWords({ email, isMailed }: { email: string; isMailed: boolean }): string {
  return isMailed
    ? `An invitation is on its way to ${email}.`
    : `The invitation to ${email} was not sent: this server has no mail server (SMTP_URL). It is a file in the folder “mail” of its data.`;
}

export const kindWords = {
  local: "Local",
  federated: "Federated",
  service: "Service",
} satisfies Record<UserKind, string>;
