"use client";

import { exampleNames, mailLoginSnippets } from "@/lib/domain/config-file/snippets";

import type { UseItProps } from "../kind-props";
import { Snippets } from "../snippets";

/** For each client, with the address of an example in the place of the real one. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function MailLoginUse({ credential, secret }: UseItProps) {
  return (
    <Snippets
      legend="Use it"
      name="mailClient"
      snippets={mailLoginSnippets({ userName: credential.publicId, password: secret })}
      note={`Put the address of your mail server in the place of ${exampleNames.mail}. It takes the password once it is connected to this server.`}
    />
  );
}
