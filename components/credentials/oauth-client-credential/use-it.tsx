"use client";

import { clientCredentialSnippets } from "@/lib/domain/config-file/snippets";

import type { UseItProps } from "../kind-props";
import { Snippets } from "../snippets";
import { scopesOf } from "./scopes-of";

/** Asking for a token, with the first of its scopes. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ClientCredentialUse({ credential, secret, context }: UseItProps) {
  return (
    <Snippets
      legend="Use it"
      name="oauthClient"
      snippets={clientCredentialSnippets({
        url: context.url,
        clientId: credential.id,
        secret,
        scopes: scopesOf(credential),
      })}
      note="The answer’s access_token goes into the header “Authorization: Bearer …” of each request to the service. It is valid for an hour; then ask for another."
    />
  );
}
