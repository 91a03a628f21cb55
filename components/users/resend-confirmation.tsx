"use client";

import { Button } from "@/components/ui/button";
import { resendConfirmationAction } from "@/lib/actions/users";
import { showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

/** Sends another link to an address that is not confirmed. */
export function ResendConfirmation({ userId }: { userId: string }) {
  const resend = useActionMutation(resendConfirmationAction, {
    onDone: ({ email, isMailed }) =>
      showToast(
        isMailed
          ? `A link to confirm the address is on its way to ${email}.`
          : `The mail to ${email} was not sent: this server has no mail server (SMTP_URL). It is a file in the folder “mail” of its data.`,
        isMailed ? "good" : "warn",
      ),
  });
  return (
    <>
      <Button pending={resend.isPending} onClick={() => resend.mutate({ userId })}>
        Resend
      </Button>
      {resend.error !== null && (
        <span role="alert" className="basis-full text-small text-danger">
          {resend.error.message}
        </span>
      )}
    </>
  );
}
