"use client";

import { exampleNames, secretKeySnippets } from "@/lib/domain/config-file/snippets";

import type { UseItProps } from "../kind-props";
import { Snippets } from "../snippets";

/** For each client, with the address of an example in the place of the real one. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function SecretKeyUse({ credential, secret, context }: UseItProps) {
  return (
    <Snippets
      legend="Use it"
      name="secretKeyClient"
      snippets={secretKeySnippets({
        accessKeyId: credential.publicId,
        secretKey: secret,
        region: context.region,
      })}
      note={`Put the address of your object storage in the place of ${exampleNames.objectStorage}. It takes the key once it is connected to this server.`}
    />
  );
}
