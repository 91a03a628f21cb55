"use client";

import { useActionState, useEffect, useRef } from "react";

import { isLinkOver, MailedLinkForm } from "@/components/form/mailed-link-form";
import { confirmEmailAction } from "@/lib/actions/forms";

/**
 * The button that confirms an address with the link that was opened, and what came of it. Works without JavaScript.
 * Opening the link alone does nothing: programs that look through mails do that, too.
 */
export function ConfirmEmailForm({ isOpened }: { isOpened: boolean }) {
  const [state, action, pending] = useActionState(confirmEmailAction, {});
  if (state.isDone === true) return <Confirmed userName={state.userName ?? ""} />;
  if (!isOpened && !isLinkOver(state)) {
    return (
      <p className="text-ink-soft">
        Open the link in the mail: it leads here with what is needed. It works once, within 24
        hours. If it has expired, “Resend” under Details in the profile sends another.
      </p>
    );
  }
  return (
    <MailedLinkForm
      {...{ state, action, pending }}
      label="Confirm e-mail address"
      submitLabel="Confirm address"
    >
      From then on mail about the user goes to the address that the link was sent to, a temporary
      password for a forgotten one included.
    </MailedLinkForm>
  );
}

function Confirmed({ userName }: { userName: string }) {
  const said = useRef<HTMLOutputElement>(null);
  // The button that was pressed is gone.
  useEffect(() => said.current?.focus(), []);
  return (
    <output ref={said} tabIndex={-1} className="block outline-none">
      The address is confirmed. Mail about “<span className="break-all">{userName}</span>” comes
      here from now on.
    </output>
  );
}
