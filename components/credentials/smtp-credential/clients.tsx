"use client";

import { type MailLoginUse, mailLoginSnippets } from "@/lib/domain/config-file/snippets";

import { Snippets } from "../snippets";

/** Ready to paste for each client, with the address of an example in the place of the real one. */
export function MailLoginClients(props: MailLoginUse) {
  return (
    <div className="flex flex-col gap-2">
      <Snippets legend="Use it" name="mailClient" snippets={mailLoginSnippets(props)} />
      <p className="text-small text-ink-soft">
        Put the address of your mail server in the place of mail.example.com. It takes the password
        once it is connected to this server.
      </p>
    </div>
  );
}
