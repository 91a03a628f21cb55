"use client";

import { tokenSnippets } from "@/lib/domain/config-file/snippets";

import type { UseItProps } from "../kind-props";
import { Snippets } from "../snippets";

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function TokenUse({ secret, owner, context }: UseItProps) {
  const { url, tenancyName } = context;
  return (
    <Snippets
      legend="Use it"
      name="tokenClient"
      snippets={tokenSnippets({ url, tenancyName, userName: owner.name, token: secret })}
      note="A Swift service or registry takes the token once it is connected to this server."
    />
  );
}
